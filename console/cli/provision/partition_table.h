#pragma once
#include "libfacetrack/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace facetrack::cli {

/// Where a partition lies, in bytes from the beginning.
struct Partition
{
    std::uint64_t begin = 0, size = 0;
};

/// The first FAT partition of the MBR in a card's first 512 bytes, where a Pi boots from.
Result<Partition> bootPartition(std::string_view sector);

} // namespace facetrack::cli

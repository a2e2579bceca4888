#include "console/cli/provision/partition_table.h"

#include <algorithm>
#include <array>

namespace facetrack::cli {

namespace {

constexpr std::size_t sectorSize = 512, tableAt = 446, entrySize = 16, entries = 4;
constexpr std::array<unsigned char, 6> fatTypes{0x01, 0x04, 0x06, 0x0b, 0x0c, 0x0e};
constexpr unsigned char protectiveType = 0xee;

std::uint32_t littleEndian(std::string_view bytes)
{
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;)
        number = number << 8 | static_cast<unsigned char>(bytes[i]);
    return number;
}

} // namespace

Result<Partition> bootPartition(std::string_view sector)
{
    const auto refuse = [](const char *what) {
        return fail(ErrorCode::InvalidArgument, {}, what,
                    "an image of a whole card as Raspberry Pi OS comes, unpacked (xz -d)");
    };
    if (sector.size() < sectorSize || sector.substr(510, 2) != "\x55\xaa")
        return refuse("has no partition table");
    for (std::size_t i = 0; i < entries; ++i) {
        const std::string_view entry = sector.substr(tableAt + i * entrySize, entrySize);
        const auto type = static_cast<unsigned char>(entry[4]);
        if (type == protectiveType)
            return refuse("has a GPT, which no image of Raspberry Pi OS has");
        const Partition found{std::uint64_t{sectorSize} * littleEndian(entry.substr(8, 4)),
                              std::uint64_t{sectorSize} * littleEndian(entry.substr(12, 4))};
        if (found.begin > 0 && found.size > 0 && std::find(fatTypes.begin(), fatTypes.end(), type) != fatTypes.end())
            return found;
    }
    return refuse("has no FAT partition to boot from");
}

} // namespace facetrack::cli

#pragma once
#include "libfacetrack/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facetrack::cli {

/// The files of a boot partition, wherever it is. Paths are relative to it, with / between.
class BootPlace
{
public:
    virtual ~BootPlace() = default;
    /// Names in a folder; folders end with /. Empty for a folder that is not there.
    virtual Result<std::vector<std::string>> list(const std::string &folder) = 0;
    /// All of a file; nothing where there is none.
    virtual Result<std::optional<std::string>> read(const std::string &path) = 0;
    /// Replaces a file or makes it, with the folders it is in.
    virtual Result<void> write(const std::string &path, const std::string &bytes) = 0;
    virtual Result<void> remove(const std::string &path) = 0;
    virtual Result<std::uintmax_t> freeBytes() = 0;
};

/// A mounted partition, an image of a whole card (by its partition table) or a card's device that is
/// not mounted. Refuses what is no boot partition of a Pi.
Result<std::unique_ptr<BootPlace>> openBoot(const std::string &where);

Result<std::unique_ptr<BootPlace>> openFolder(const std::string &folder);
/// Needs mtools.
Result<std::unique_ptr<BootPlace>> openImage(const std::string &image);

} // namespace facetrack::cli

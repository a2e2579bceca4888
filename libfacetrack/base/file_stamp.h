#pragma once
#include <cstdint>
#include <filesystem>

namespace facetrack {

/// Tells whether a file is still the one that was read: another after each replaceText(), and after
/// a change of its mode. All zero where there is none.
struct FileStamp
{
    std::int64_t seconds = 0, nanoseconds = 0;
    std::uint64_t inode = 0, mode = 0;
    bool operator==(const FileStamp &) const = default;
};

FileStamp stampOf(const std::filesystem::path &file);

} // namespace facetrack

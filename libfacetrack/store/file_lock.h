#pragma once
#include "libfacetrack/base/result.h"

#include <filesystem>

namespace facetrack {

/// Keeps a second process (or a second Journal) off a file: an exclusive flock(2) on a file beside
/// it. The kernel gives it back when the process ends, however it ends.
class FileLock
{
public:
    FileLock() = default;
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) noexcept;
    ~FileLock();

    /// Unavailable when someone else holds it, Denied or Io when the file cannot be made.
    static Result<FileLock> take(const std::filesystem::path &file);

private:
    int m_descriptor = -1;
};

} // namespace facetrack

#pragma once
#include "libfacetrack/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace facetrack {

// Whole files, in and out. Internal to this room.

/// Reads a regular file of at most `most` bytes. NotFound, Denied, Full (too large) or Io.
Result<std::string> readText(const std::filesystem::path &path, std::size_t most);

/// Replaces a file so that a reader, or a power cut, finds either all of the old or all of the
/// new text: temporary file beside it, fsync, rename, fsync of the directory.
Result<void> replaceText(const std::filesystem::path &path, std::string_view text);

} // namespace facetrack

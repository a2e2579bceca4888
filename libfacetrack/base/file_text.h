#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace facetrack {

// Whole files, in and out.

/// Reads a regular file of at most `most` bytes. NotFound, Denied, Full (too large) or Io.
FACETRACK_EXPORT Result<std::string> readText(const std::filesystem::path &path, std::size_t most);

/// Like readText() for a file with a secret, at most 64 KiB: Denied as well when anyone but its
/// owner may read or write it, or when it belongs to a stranger.
FACETRACK_EXPORT Result<std::string> readSecretText(const std::filesystem::path &path);

/// Who may read a file that is written.
enum class FileAccess { Everybody = 0644, OwnerOnly = 0600 };

/// Replaces a file so that a reader, or a power cut, finds either all of the old or all of the
/// new text: temporary file beside it, fsync, rename, fsync of the directory.
FACETRACK_EXPORT Result<void> replaceText(const std::filesystem::path &path, std::string_view text,
                                          FileAccess access = FileAccess::Everybody);

} // namespace facetrack

#pragma once
#include "libfacetrack/base/result.h"

#include <string>

namespace facetrack {

/// Nothing to object to when `path` is a file with bytes in it that may be read. Otherwise says
/// what it is instead: missing (NotFound), empty (Corrupt), unreadable (Denied), or a directory,
/// FIFO, device or socket (InvalidArgument), on which opening or reading could hang for ever.
Result<void> requireRegularFile(const std::string &path);

/// The same for a directory.
Result<void> requireDirectory(const std::string &path);

} // namespace facetrack

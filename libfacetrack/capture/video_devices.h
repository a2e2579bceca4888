#pragma once
#include "libfacetrack/base/export.h"

#include <filesystem>
#include <string>
#include <vector>

namespace facetrack {

/// What changes when a camera is plugged in or out, or may be opened by others than before: names
/// and states of /dev/video* and /dev/media*. `root` is another one in tests only.
FACETRACK_EXPORT std::string videoDevicesStamp(const std::filesystem::path &root = "/");

/// Who has one of `devices` ("/dev/video0") open, as "motion (process 412)"; not this process.
/// Other users' programs are seen by root only.
FACETRACK_EXPORT std::vector<std::string> holdersOf(const std::vector<std::string> &devices,
                                                    const std::filesystem::path &root = "/");

/// "in use by motion (process 412)", or that nobody can be named.
FACETRACK_EXPORT std::string busyWords(const std::vector<std::string> &devices,
                                       const std::filesystem::path &root = "/");

/// Every /dev/video* and /dev/media* there is, sorted.
FACETRACK_EXPORT std::vector<std::string> videoDevices(const std::filesystem::path &root = "/");

} // namespace facetrack

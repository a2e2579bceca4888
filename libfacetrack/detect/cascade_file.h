#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/parameter.h"

#include <filesystem>
#include <string>
#include <vector>

namespace facetrack {

/// Folders where Debian and Raspberry Pi OS put OpenCV's cascades (package opencv-data), after
/// those in FACETRACK_CASCADE_PATH (separated by colons).
FACETRACK_EXPORT std::vector<std::filesystem::path> cascadeFolders();

/// `name` as it is when it holds a slash, else the first file of that name in cascadeFolders().
/// NotFound names the folders searched.
FACETRACK_EXPORT Result<std::filesystem::path> findCascade(const std::string &name);

/// The cascades in cascadeFolders() that find faces, each with what it is good for: those that
/// people know first, then files of their own.
FACETRACK_EXPORT std::vector<Choice> cascadeChoices();

} // namespace facetrack

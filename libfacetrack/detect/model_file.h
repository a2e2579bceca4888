#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/parameter.h"

#include <filesystem>
#include <string>
#include <vector>

namespace facetrack {

/// Folders that are searched for models of neural networks, in this order:
/// FACETRACK_MODEL_PATH (separated by colons); `models` in the state directory that systemd or
/// XDG_STATE_HOME give; `facetrack/models` in XDG_DATA_HOME and XDG_DATA_DIRS, which by default
/// are ~/.local/share, /usr/local/share and /usr/share.
FACETRACK_EXPORT std::vector<std::filesystem::path> modelFolders();

/// `name` as it is when it holds a slash, else the first file of that name in modelFolders().
/// NotFound names the folders searched.
FACETRACK_EXPORT Result<std::filesystem::path> findModel(const std::string &name);

/// The models in modelFolders(), each with what it is good for where that is known.
FACETRACK_EXPORT std::vector<Choice> modelChoices();

} // namespace facetrack

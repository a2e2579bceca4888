#pragma once
#include "libfacetrack/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace facetrack {

/// The folders in the environment variable `variable`, separated by colons; empty ones left out.
std::vector<std::filesystem::path> foldersFrom(const char *variable);

/// `name` as it is when it holds a slash, else the first regular file of that name in `folders`.
/// NotFound names `what`, the folders searched and `advice`.
Result<std::filesystem::path> findFile(const std::string &name,
                                       const std::vector<std::filesystem::path> &folders,
                                       const std::string &where, const std::string &what,
                                       const std::string &advice);

/// Names of the files in `folders` that end in `extension`, each once, in order of name.
std::vector<std::string> filesIn(const std::vector<std::filesystem::path> &folders,
                                 const std::string &extension);

} // namespace facetrack

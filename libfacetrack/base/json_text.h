#pragma once
#include "libfacetrack/base/export.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace facetrack {

/// JSON on one line. Bytes that are not UTF-8 (a stranger's text, a file's name) become U+FFFD
/// instead of an exception.
FACETRACK_EXPORT std::string jsonText(const nlohmann::json &json);
FACETRACK_EXPORT std::string jsonText(const nlohmann::ordered_json &json);

} // namespace facetrack

#pragma once
#include "libfacetrack/config/parameter.h"

#include <QString>
#include <nlohmann/json.hpp>
#include <vector>

namespace facetrack::console {

/// "detect.min_neighbors=6, detect.min_size=40x40" as values by whole key. A refusal names the key
/// and says what is accepted. Values with commas in them cannot be written so.
Result<nlohmann::json> settingsFrom(const QString &text, const std::vector<Parameter> &schema);

} // namespace facetrack::console

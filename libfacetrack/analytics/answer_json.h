#pragma once
#include "libfacetrack/analytics/history.h"

#include <nlohmann/json_fwd.hpp>

namespace facetrack {

// Answers as agents give them over HTTP (/api/v1/analytics/counts and the like), and back. Reading
// is Corrupt for anything that is not such an answer.

FACETRACK_EXPORT nlohmann::json countsJson(const Counts &counts);
FACETRACK_EXPORT Result<Counts> countsFrom(const nlohmann::json &json);
FACETRACK_EXPORT nlohmann::json heatMapJson(const HeatMap &map);
FACETRACK_EXPORT Result<HeatMap> heatMapFrom(const nlohmann::json &json);
FACETRACK_EXPORT nlohmann::json dwellJson(const DwellByAgent &agents);
FACETRACK_EXPORT Result<DwellByAgent> dwellFrom(const nlohmann::json &json);
FACETRACK_EXPORT nlohmann::json marksJson(const std::vector<TuningMark> &marks);
FACETRACK_EXPORT Result<std::vector<TuningMark>> marksFrom(const nlohmann::json &json);

} // namespace facetrack

#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/parameter.h"
#include "libfacetrack/config/problem.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace facetrack {

/// What one agent's tuning means for another, which may be of another version or see other things.
struct TuningCopy
{
    nlohmann::json patch = nlohmann::json::object(); ///< by whole key; only what differs
    std::vector<std::string> same;    ///< keys that have the value already
    std::vector<Problem> refused;     ///< with the reason: unknown there, or not within its limits
};

/// Works out how to bring `values` (AgentTuning::values of the agent to copy from) to an agent with
/// this schema and these values of its own.
FACETRACK_EXPORT TuningCopy planTuningCopy(const nlohmann::json &values,
                                           const std::vector<Parameter> &schema,
                                           const nlohmann::json &ownValues);

/// After a refusal: the same without the keys that were refused. False when nothing can be left out
/// (a problem that names no key of the patch).
FACETRACK_EXPORT bool leaveOut(TuningCopy &copy, const std::vector<Problem> &problems);

} // namespace facetrack

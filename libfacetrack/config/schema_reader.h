#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/parameter.h"

#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace facetrack {

/// The parameters of an agent from parametersJson() there, which may be of another version: what
/// cannot be understood (a type of the future) is left out. `get` and `set` are empty, and of a form
/// only the words are known: the agent itself refuses what does not have it.
FACETRACK_EXPORT std::vector<Parameter> parametersFrom(const nlohmann::json &list);

} // namespace facetrack

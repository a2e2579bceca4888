#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/config/problem.h"

#include <nlohmann/json_fwd.hpp>

namespace facetrack {

/// Applies a JSON merge patch (RFC 7396) to the tuning: {"detect": {"min_neighbors": 5}} or
/// {"detect.min_neighbors": 5}. All or nothing; on failure, everything that is wrong. Only what
/// applies at the next frame is accepted. null goes back to the value in `base` (defaults and the
/// operator's file).
FACETRACK_EXPORT Checked<Tuning> applyPatch(const AgentConfig &current,
                                            const nlohmann::json &patch,
                                            const AgentConfig &base = AgentConfig());

} // namespace facetrack

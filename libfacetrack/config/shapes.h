#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/value.h"

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace facetrack {

struct Parameter;

// Ways in for parameters of type Shapes. Internal to this room.

/// From "desk: 0.1,0.5 0.4,0.5 0.4,0.9; door (in/out): 0.5,1 0.5,0", or the JSON below as text.
Result<Value> shapesFromText(const Parameter &parameter, std::string_view text);

/// From [{"name": "desk", "points": [[0.1, 0.5], …]}, …], where a shape, or all of them, may be
/// text as above. What is given is bounded, so this may come from a stranger's request.
Result<Value> shapesFromJson(const Parameter &parameter, const nlohmann::json &json);

} // namespace facetrack

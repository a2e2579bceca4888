#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/box.h"
#include "libfacetrack/model/shape.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <variant>
#include <vector>

namespace facetrack {

/// What a parameter can hold. Which alternative it is follows from the parameter's type.
using Value = std::variant<bool, std::int64_t, double, std::string, Size, Box,
                           std::vector<Shape>>;

/// As a person types it after `--set key=`: "true", "3", "1.1", "text", "30x30", "0,0,1,1",
/// "desk: 0.1,0.5 0.4,0.5 0.4,0.9; …", "door (in/out): 0.5,1 0.5,0".
/// Numbers have a decimal point in every locale and read back as the same value.
FACETRACK_EXPORT std::string toText(const Value &value);

/// As the API says it: a size is "30x30", a box is [x, y, w, h], shapes are
/// [{"name": …, "points": [[x, y], …], "ways": ["in", "out"]}, …] without what they do not have.
FACETRACK_EXPORT nlohmann::json toJson(const Value &value);

/// As it stands after "key = " in a TOML file.
FACETRACK_EXPORT std::string toToml(const Value &value);

} // namespace facetrack

#pragma once
#include "libfacetrack/model/heat_grid.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace facetrack {

/// Where in the picture faces were found: face detections by cell (HeatGrid::cells of them, by row
/// from the top left), of each camera, since each looks at another place.
using HeatMap = std::map<std::string, std::vector<std::uint64_t>>;

} // namespace facetrack

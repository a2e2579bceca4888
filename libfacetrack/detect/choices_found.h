#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/parameter.h"

#include <map>
#include <string>
#include <vector>

namespace facetrack {

/// The files that settings can name on this machine, by key: cascades and models.
FACETRACK_EXPORT std::map<std::string, std::vector<Choice>> choicesFound();

} // namespace facetrack

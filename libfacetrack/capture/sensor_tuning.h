#pragma once
#include "libfacetrack/base/result.h"

#include <string>

namespace facetrack {

/// Has libcamera read this tuning file ("imx219_noir.json", or a path) for the cameras that are
/// opened from now on; empty leaves the choice to libcamera. NotFound when there is none such.
/// Before other threads run: it is passed by the environment.
Result<void> chooseSensorTuning(const std::string &file);

} // namespace facetrack

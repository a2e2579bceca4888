#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/camera_device.h"

#include <memory>
#include <string>
#include <vector>

namespace facetrack {

// Cameras that libcamera drives; in builds with FACETRACK_WITH_LIBCAMERA. libcamera's own headers
// stay in libcamera_device.cpp, the one file that must compile with all its versions.

/// All there are, with modes and controls; those in use too, with what is in the way.
Result<std::vector<CameraAbout>> listLibcamera();

/// `which` is an index, an id or a part of a model's name; empty is the first one. Unavailable
/// when there is none such now, or when it is in use.
Result<std::unique_ptr<CameraDevice>> openLibcamera(const std::string &which);

/// "libcamera 0.0.3"
std::string libcameraVersion();

} // namespace facetrack

#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/capture/camera_link.h"

#include <nlohmann/json_fwd.hpp>

namespace facetrack {

/// What status says of the camera: what was asked of it and what it does.
FACETRACK_EXPORT nlohmann::ordered_json cameraJson(const CameraReport &report);

/// What `facetrack-agentd cameras --json` says of one.
FACETRACK_EXPORT nlohmann::ordered_json cameraJson(const CameraAbout &about);

} // namespace facetrack

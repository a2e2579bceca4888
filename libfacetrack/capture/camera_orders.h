#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/capture/camera_device.h"
#include "libfacetrack/config/tuning.h"

namespace facetrack {

/// What `tuning` means for this camera: only what it has, within its limits. `fps` is what the
/// source's address asks for, `limit` what heat allows; 0 is none.
FACETRACK_EXPORT CameraOrders cameraOrders(const CameraTuning &tuning, const CameraAbout &about,
                                           double fps, double limit);

/// How the picture has to be turned, all in all.
FACETRACK_EXPORT Turn cameraTurn(const CameraTuning &tuning);

/// Whether this camera has use for the parameter `name` (without "camera."). Rotation and mirror
/// need no camera.
FACETRACK_EXPORT bool cameraHas(const CameraAbout &about, std::string_view name);

} // namespace facetrack

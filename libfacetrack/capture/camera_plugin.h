#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/camera_device.h"

#include <memory>
#include <string>
#include <vector>

namespace facetrack {

/// What a library of its own tells of the cameras that it drives: the result of its C function
/// `facetrackCameraPlugin()`. It is built with this library and loaded by no other.
struct CameraPlugin
{
    static constexpr int Interface = 2; ///< grows with each change of this or of CameraDevice
    int interface = 0;
    Result<std::vector<CameraAbout>> (*list)() = nullptr;
    Result<std::unique_ptr<CameraDevice>> (*open)(const std::string &which) = nullptr;
};

/// Loads "facetrack/libfacetrack-NAME.so" beside this library, once. Unsupported where there is none.
Result<const CameraPlugin *> loadCameraPlugin(const std::string &name);

} // namespace facetrack

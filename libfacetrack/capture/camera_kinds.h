#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/camera_device.h"
#include "libfacetrack/capture/capture_source.h"

#include <string>
#include <vector>

namespace facetrack {

/// What drives cameras; the schemes of sources are the names. Listed in one place,
/// camera_kinds.cpp.
struct CameraKind
{
    std::string_view name; ///< "libcamera"
    Result<std::vector<CameraAbout>> (*list)();
    Result<std::unique_ptr<CameraDevice>> (*open)(const std::string &which);
};

/// All that are known; what this build or machine is without fails with Unsupported.
FACETRACK_EXPORT const std::vector<CameraKind> &cameraKinds();

SourceKind libcameraKind();
SourceKind qtcameraKind();

} // namespace facetrack

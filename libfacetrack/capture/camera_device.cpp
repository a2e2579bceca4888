#include "libfacetrack/capture/camera_device.h"

namespace facetrack {

CameraDevice::~CameraDevice() = default;

} // namespace facetrack

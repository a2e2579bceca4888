#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/capture/camera_device.h"

namespace facetrack {

/// When a frame was taken, by the clocks that records use.
struct FrameTimes
{
    MonotonicTime monotonic{0};
    UtcTime utc{0};
    bool fromSensor = false; ///< else the time of arrival
};

/// A camera's time stamp on the program's clocks. One that lies ahead, or further back than any
/// frame can be old, is none: then it is the time of arrival.
FACETRACK_EXPORT FrameTimes sensorTimes(const CameraBuffer &buffer, const Clock &clock);

} // namespace facetrack

#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/model/detection.h"
#include "libfacetrack/model/frame.h"

#include <memory>
#include <string_view>
#include <vector>

namespace facetrack {

/// Finds faces in one picture. Thread-bound. Settings come with each call, so that a change
/// holds from the next frame on; a detector reloads what a changed setting needs.
class FACETRACK_EXPORT Detector
{
public:
    virtual ~Detector();

    /// Faces in `frame` (which has a luma plane), boxes as fractions of the whole frame, inside
    /// `tuning.region`. Fails when a file that the settings name is missing or broken.
    virtual Result<std::vector<Detection>> detect(const Frame &frame, const DetectTuning &tuning) = 0;
};

/// A kind of detector by the name that `detect.detector` uses.
struct DetectorKind
{
    std::string_view name;
    std::string_view about;
    std::unique_ptr<Detector> (*make)();
};

/// All kinds that this build has; listed in one place, detector_kinds.cpp.
FACETRACK_EXPORT const std::vector<DetectorKind> &detectorKinds();

/// InvalidArgument names the known kinds.
FACETRACK_EXPORT Result<std::unique_ptr<Detector>> makeDetector(std::string_view name);

} // namespace facetrack

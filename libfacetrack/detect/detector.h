#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/detect/look.h"
#include "libfacetrack/model/detection.h"
#include "libfacetrack/model/frame.h"

#include <memory>
#include <span>
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

    /// Reads the files that `tuning` names, and does what else takes its time before the first
    /// frame of that size (empty: not known yet). May be called on another thread, before the
    /// detector is used. Without it detect() and look() do the same when they need it. As it is
    /// here: nothing to do.
    virtual Result<void> prepare(const DetectTuning &tuning, Size frame);

    /// Faces of `frame` that `looks` ask for, inside `tuning.region`, as near as the detector can
    /// to what detect() finds there: the settings mean the same. No looks, no faces.
    /// As it is here: looks everywhere and keeps what was asked for.
    virtual Result<Findings> look(const Frame &frame, const DetectTuning &tuning,
                                  std::span<const Look> looks);

    /// CPU time, seconds, that other threads spent on the last detect() or look(), for which the
    /// caller spent `own`. As it is here: all of OpenCV's threads helped all the time.
    virtual double helpersCpuSeconds(double own) const;

    /// How a whole frame is best cut into looks for this detector.
    virtual SweepShape sweepShape(const DetectTuning &tuning) const;

    /// How much work a look is, in units of this detector's own: only ratios matter.
    /// As it is here: the area over the square of the narrowest face, as in a picture pyramid.
    virtual double effort(const Look &look, Size frame, const DetectTuning &tuning) const;
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

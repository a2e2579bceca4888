#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/detect/detector.h"
#include "libfacetrack/model/look_report.h"

#include <memory>
#include <span>
#include <vector>

namespace facetrack {

/// Says where to look in each frame: around the faces that are expected, and at a part of the
/// whole frame that is chosen by Sweep. Thread-bound.
class FACETRACK_EXPORT LookPlanner
{
public:
    LookPlanner();
    ~LookPlanner();

    struct Plan
    {
        std::vector<Look> looks;
        LookReport report; ///< but for its pixels
    };

    /// `expected`: faces known from earlier frames, where they should be now, those not found in
    /// the last frame too.
    Plan plan(const Frame &frame, const DetectTuning &tuning, const Detector &detector,
              std::span<const ExpectedFace> expected);
    /// What came of it: the threads of the faces of this frame.
    void found(std::span<const std::uint32_t> threads);
    /// Where the detector was not sure: it gets a closer look in the next frame.
    void suspected(std::span<const Box> hints);
    /// The next frame has nothing to do with the last one.
    void startOver();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace facetrack

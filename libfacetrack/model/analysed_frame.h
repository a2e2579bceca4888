#pragma once
#include "libfacetrack/model/detection.h"
#include "libfacetrack/model/frame.h"
#include "libfacetrack/model/look_report.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace facetrack {

/// What the analysis made of one frame: immutable, shared between store, stream and events.
struct AnalysedFrame
{
    FramePtr frame;
    std::vector<Track> faces;
    LookReport looked;           ///< where faces were looked for
    MonotonicTime finished{0};   ///< when the analysis was done
    std::uint32_t revision = 0;  ///< tuning revision that was in effect
    std::uint64_t sequence = 0;  ///< counts analysed frames in this run, from 0
};

using AnalysedFramePtr = std::shared_ptr<const AnalysedFrame>;

} // namespace facetrack

#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/model/analysed_frame.h"
#include "libfacetrack/model/visit.h"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace facetrack {

/// What a whole source held.
struct AnalyzeSummary
{
    std::uint64_t frames = 0;
    std::uint64_t detections = 0;
    double wholeLooks = 0;      ///< whole-frame looks, those made in parts summed
    std::uint64_t regions = 0;  ///< looks around expected faces
    std::uint64_t pixels = 0;   ///< read by the detector, in all scales
    std::uint64_t visits = 0; ///< those cut off by the end included
    double wallSeconds = 0;
    double cpuSeconds = 0; ///< user and system time of the whole process
    double framesPerSecond() const
    {
        return wallSeconds > 0 ? static_cast<double>(frames) / wallSeconds : 0;
    }
};

/// Looks at every frame of `source`, in order, none dropped. `each` is called with every result.
/// `over` with every row of a visit once it is over; those in progress at the end come last.
/// `summary` is filled as far as it came, also when the source fails on the way.
FACETRACK_EXPORT Result<void> analyze(CaptureSource &source, const Tuning &tuning,
                                      std::stop_token stop,
                                      const std::function<void(const AnalysedFrame &)> &each,
                                      AnalyzeSummary &summary,
                                      const std::function<void(const Visit &)> &over = {});

} // namespace facetrack

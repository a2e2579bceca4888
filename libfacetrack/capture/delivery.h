#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/capture/pacer.h"
#include "libfacetrack/model/frame.h"

#include <chrono>
#include <stop_token>
#include <string_view>

namespace facetrack {

/// When a recorded or drawn frame is handed out and which times it bears: what `Pacing` and the
/// option `rate=native|max` mean together.
/// RealTime: waits (not with `rate=max`), and a frame's times are the moment it is handed out.
/// AsFastAsPossible: never waits, and a frame's times are its place in the recording, from 0, so
/// that the same recording gives the same records on every run.
/// Thread-bound.
class FACETRACK_EXPORT Delivery
{
public:
    /// `rate` is the option's value, "native" or "max".
    Delivery(Pacing pacing, std::string_view rate, const Clock &clock);

    bool waits() const { return m_waits; }
    /// False when `stop` was requested.
    bool wait(std::stop_token stop, std::chrono::nanoseconds mediaTime);
    /// How far behind its moment a frame is; 0 where there is no waiting.
    std::chrono::nanoseconds lateness(std::chrono::nanoseconds mediaTime);
    void stamp(FrameBuilder &frame, std::chrono::nanoseconds mediaTime) const;

private:
    const Clock &m_clock;
    const bool m_live;  ///< times of the clock instead of the recording
    const bool m_waits;
    Pacer m_pacer;
};

} // namespace facetrack

#include "libfacetrack/base/clock.h"

namespace facetrack {

Clock::~Clock() = default;

MonotonicTime SystemClock::monotonic() const
{
    // steady_clock is CLOCK_MONOTONIC with libstdc++: the clock that cameras stamp their frames with.
    return std::chrono::steady_clock::now().time_since_epoch();
}

UtcTime SystemClock::utc() const
{
    return std::chrono::duration_cast<UtcTime>(std::chrono::system_clock::now().time_since_epoch());
}

const SystemClock &SystemClock::instance()
{
    static const SystemClock clock;
    return clock;
}

void ManualClock::advance(std::chrono::nanoseconds by)
{
    m_monotonic += by.count();
    m_utc += std::chrono::duration_cast<UtcTime>(by).count();
}

} // namespace facetrack

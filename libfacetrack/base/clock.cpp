#include "libfacetrack/base/clock.h"

#include <ctime>

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

MonotonicTime SystemClock::sinceBoot() const
{
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
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

void ManualClock::sleep(std::chrono::nanoseconds duration)
{
    m_slept += duration.count();
    m_utc += std::chrono::duration_cast<UtcTime>(duration).count();
}

} // namespace facetrack

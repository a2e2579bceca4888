#include "libfacetrack/capture/sensor_time.h"

#include <algorithm>

namespace facetrack {

namespace {

constexpr std::chrono::seconds Oldest{10};
/// Clocks are read one after the other.
constexpr std::chrono::milliseconds Ahead{50};

bool isPlausible(std::chrono::nanoseconds age)
{
    return age <= Oldest && age >= -Ahead;
}

} // namespace

FrameTimes sensorTimes(const CameraBuffer &buffer, const Clock &clock)
{
    const MonotonicTime now = clock.monotonic();
    const UtcTime utc = clock.utc();
    if (!buffer.taken)
        return {now, utc, false};
    std::chrono::nanoseconds age = clock.sinceBoot() - *buffer.taken;
    // Drivers stamp by either clock, whatever is documented; they differ once the machine slept.
    if (buffer.clock == SensorClock::Monotonic || !isPlausible(age))
        age = now - *buffer.taken;
    if (!isPlausible(age))
        return {now, utc, false};
    age = std::max(age, std::chrono::nanoseconds(0));
    return {now - age, utc - std::chrono::round<UtcTime>(age), true};
}

} // namespace facetrack

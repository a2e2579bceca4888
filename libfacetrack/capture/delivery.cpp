#include "libfacetrack/capture/delivery.h"

namespace facetrack {

Delivery::Delivery(Pacing pacing, std::string_view rate, const Clock &clock)
    : m_clock(clock),
      m_live(pacing == Pacing::RealTime),
      m_waits(m_live && rate != "max"),
      m_pacer(clock)
{
}

bool Delivery::wait(std::stop_token stop, std::chrono::nanoseconds mediaTime)
{
    if (m_waits)
        return m_pacer.wait(std::move(stop), mediaTime);
    return !stop.stop_requested();
}

std::chrono::nanoseconds Delivery::lateness(std::chrono::nanoseconds mediaTime)
{
    return m_waits ? m_pacer.lateness(mediaTime) : std::chrono::nanoseconds(0);
}

void Delivery::stamp(FrameBuilder &frame, std::chrono::nanoseconds mediaTime) const
{
    if (m_live)
        frame.captured(m_clock.monotonic(), m_clock.utc());
    else
        frame.captured(mediaTime, std::chrono::duration_cast<UtcTime>(mediaTime));
}

} // namespace facetrack

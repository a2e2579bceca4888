#include "libfacetrack/capture/pacer.h"

#include <algorithm>

namespace facetrack {

namespace {
// The clock need not be the system's: it is looked at again this often, however long the wait.
constexpr std::chrono::nanoseconds Glance = std::chrono::milliseconds(50);
} // namespace

Pacer::Pacer(const Clock &clock) : m_clock(clock) {}

void Pacer::start(std::chrono::nanoseconds mediaTime)
{
    m_origin = m_clock.monotonic() - mediaTime;
    m_started = true;
}

std::chrono::nanoseconds Pacer::lateness(std::chrono::nanoseconds mediaTime)
{
    if (!m_started)
        start(mediaTime);
    return m_clock.monotonic() - (m_origin + mediaTime);
}

bool Pacer::wait(std::stop_token stop, std::chrono::nanoseconds mediaTime)
{
    const std::chrono::nanoseconds late = lateness(mediaTime);
    if (late > MostLate || -late > MostAhead) {
        start(mediaTime);
        ++m_resyncs;
    }
    return sleepUntil(std::move(stop), m_origin + mediaTime);
}

bool Pacer::sleepUntil(std::stop_token stop, MonotonicTime due)
{
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        const std::chrono::nanoseconds left = due - m_clock.monotonic();
        if (left.count() <= 0)
            return true;
        // Nothing notifies; the stop token itself ends the wait.
        m_wakeup.wait_for(lock, stop, std::min(left, Glance), [] { return false; });
    }
    return false;
}

} // namespace facetrack

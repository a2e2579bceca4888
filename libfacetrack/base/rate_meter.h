#pragma once
#include "libfacetrack/base/clock.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>

namespace facetrack {

/// The true rate of something that happens again and again (frames captured, analysed, sent):
/// events per second over a sliding window, from the times between them. Thread-safe.
///
/// A rate too slow for the window is taken from the last few events. When the events stop, the
/// figure falls with the waiting time, and is 0 once that is longer than the window and five
/// times the usual distance.
class RateMeter
{
public:
    explicit RateMeter(std::chrono::nanoseconds window = std::chrono::seconds(2))
        : m_window(window)
    {}

    /// One event, at `now`. Times must not go back; one that does is taken as the last one.
    void tick(MonotonicTime now)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_times.empty())
            now = std::max(now, m_times.back());
        m_times.push_back(now);
        while (m_times.size() > FewestTimes && m_times.front() < now - m_window)
            m_times.pop_front();
    }

    /// Events per second as seen at `now`; 0 before the second event.
    double rate(MonotonicTime now) const
    {
        const std::lock_guard lock(m_mutex);
        if (m_times.size() < 2)
            return 0;
        const double events = static_cast<double>(m_times.size() - 1);
        const double span = seconds(m_times.back() - m_times.front());
        const double waiting = seconds(now - m_times.back());
        const double usual = span / events;
        if (waiting > std::max(seconds(m_window), 5 * usual))
            return 0;
        const double measured = waiting > 2 * usual ? span + waiting : span;
        return measured > 0 ? events / measured : 0;
    }

private:
    static constexpr std::size_t FewestTimes = 5;

    static double seconds(std::chrono::nanoseconds time)
    {
        return std::chrono::duration<double>(time).count();
    }

    const std::chrono::nanoseconds m_window;
    mutable std::mutex m_mutex;
    std::deque<MonotonicTime> m_times;
};

} // namespace facetrack

#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace facetrack {

/// Holds frames back until their moment: media time 0 is the moment of the first wait, and every
/// later frame is due at its own distance from there, so that small delays never add up.
/// A consumer that falls far behind is not sent a burst: the clockwork starts anew from now.
/// Thread-bound; only the stop request comes from elsewhere.
class FACETRACK_EXPORT Pacer
{
public:
    /// Later than this, the time in between is given up.
    static constexpr std::chrono::nanoseconds MostLate = std::chrono::seconds(1);
    /// A recording with a hole longer than this is carried on without waiting it out.
    static constexpr std::chrono::nanoseconds MostAhead = std::chrono::seconds(10);

    explicit Pacer(const Clock &clock);

    /// How far `mediaTime` is behind its moment; negative while it is still ahead.
    std::chrono::nanoseconds lateness(std::chrono::nanoseconds mediaTime);

    /// Returns at the moment of `mediaTime`, at once when that has passed.
    /// False, also at once, when `stop` was requested.
    bool wait(std::stop_token stop, std::chrono::nanoseconds mediaTime);

    /// How often the clockwork had to start anew.
    int resyncs() const { return m_resyncs; }

private:
    void start(std::chrono::nanoseconds mediaTime);
    bool sleepUntil(std::stop_token stop, MonotonicTime due);

    const Clock &m_clock;
    bool m_started = false;
    MonotonicTime m_origin{0}; ///< when media time 0 is, or would have been
    int m_resyncs = 0;
    std::mutex m_mutex;
    std::condition_variable_any m_wakeup;
};

} // namespace facetrack

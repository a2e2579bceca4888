#pragma once
#include "libfacetrack/base/clock.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <utility>

namespace facetrack {

/// Records per second over the last few seconds, where they come many at a time. Not thread-safe.
class RowRate
{
public:
    void add(MonotonicTime now, std::uint64_t rows)
    {
        if (m_counts.empty())
            m_since = now;
        m_counts.emplace_back(now, rows);
        m_sum += rows;
        forget(now);
    }
    double rate(MonotonicTime now)
    {
        forget(now);
        const double span = std::chrono::duration<double>(now - m_since).count();
        return m_counts.empty() || span <= 0 ? 0 : static_cast<double>(m_sum) / std::max(span, 1.0);
    }

private:
    void forget(MonotonicTime now)
    {
        constexpr std::chrono::seconds window{10};
        while (!m_counts.empty() && m_counts.front().first < now - window) {
            m_sum -= m_counts.front().second;
            m_counts.pop_front();
        }
        m_since = std::max<MonotonicTime>(m_since, now - window);
    }

    std::deque<std::pair<MonotonicTime, std::uint64_t>> m_counts;
    MonotonicTime m_since{0};
    std::uint64_t m_sum = 0;
};

} // namespace facetrack

#pragma once
#include <chrono>
#include <cstdint>

namespace facetrack {

/// Thins out frames evenly: says which are due at a lower rate, by their own times. Frames come a
/// little early or late; the grid forgives an eighth of its step. Thread-bound.
class RateLimit
{
public:
    /// 0 lets everything through.
    void set(double fps)
    {
        const std::chrono::nanoseconds step(fps > 0 ? static_cast<std::int64_t>(1e9 / fps) : 0);
        if (step != m_step)
            m_next = {};
        m_step = step;
    }

    bool due(std::chrono::nanoseconds time)
    {
        if (m_step.count() == 0)
            return true;
        if (time + m_step / 8 < m_next && m_next - time < 2 * m_step)
            return false;
        // After a gap, or at the start, the grid begins here.
        const bool anew = time > m_next + m_step || m_next - time >= 2 * m_step;
        m_next = (anew ? time : m_next) + m_step;
        return true;
    }

private:
    std::chrono::nanoseconds m_step{0};
    std::chrono::nanoseconds m_next{0};
};

} // namespace facetrack

#pragma once
#include <chrono>
#include <optional>

namespace facetrack {

/// Makes of a file's time stamps a time that starts at 0 and always rises, whatever the file has:
/// a start other than 0, missing or repeated stamps, and one pass after the other (`loop=1`).
class MediaTimeline
{
public:
    /// `step` stands in where there is no stamp to go by.
    explicit MediaTimeline(std::chrono::nanoseconds step) : m_step(step) {}

    std::chrono::nanoseconds place(std::optional<std::chrono::nanoseconds> stamp)
    {
        std::chrono::nanoseconds time = m_next;
        if (stamp) {
            if (!m_shift)
                m_shift = m_next - *stamp;
            time = *stamp + *m_shift;
        }
        if (m_any && time <= m_last)
            time = m_next;
        m_any = true;
        m_last = time;
        m_next = time + m_step;
        return time;
    }

    /// The next stamp is the first of a new pass, and follows the last one.
    void startPass() { m_shift.reset(); }

private:
    std::chrono::nanoseconds m_step;
    std::chrono::nanoseconds m_next{0};
    std::chrono::nanoseconds m_last{0};
    std::optional<std::chrono::nanoseconds> m_shift;
    bool m_any = false;
};

} // namespace facetrack

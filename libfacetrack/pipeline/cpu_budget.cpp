#include "libfacetrack/pipeline/cpu_budget.h"

#include <algorithm>

namespace facetrack {

std::chrono::nanoseconds CpuBudget::waitAt(MonotonicTime now)
{
    const double passed = std::chrono::duration<double>(now - m_last).count();
    m_last = now;
    // What is not spent within a second is gone.
    m_left = std::min(m_rate, m_left + m_rate * std::clamp(passed, 0.0, 1.0));
    if (m_left >= 0)
        return {};
    return std::chrono::nanoseconds(static_cast<std::int64_t>(-m_left / m_rate * 1e9) + 1);
}

} // namespace facetrack

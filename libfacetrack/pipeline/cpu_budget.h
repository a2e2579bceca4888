#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"

#include <chrono>

namespace facetrack {

/// Holds work to a share of the machine's cores, each second anew: what was spent too much is
/// waited for. Thread-bound.
class FACETRACK_EXPORT CpuBudget
{
public:
    explicit CpuBudget(unsigned cores) : m_cores(cores == 0 ? 1 : cores) {}

    /// `percent` of all cores from here on.
    void allow(double percent) { m_rate = percent / 100 * m_cores; }
    void spend(double cpuSeconds) { m_left -= cpuSeconds; }
    /// How long to wait at `now` until there is something left to spend; 0 while there is.
    std::chrono::nanoseconds waitAt(MonotonicTime now);
    unsigned cores() const { return m_cores; }

private:
    unsigned m_cores;
    double m_rate = 1; ///< CPU seconds per second
    double m_left = 0; ///< CPU seconds
    MonotonicTime m_last{0};
};

} // namespace facetrack

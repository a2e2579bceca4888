#pragma once
#include "libfacetrack/base/export.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace facetrack {

/// How long the visits of one agent, or of several, lasted.
struct DwellTimes
{
    /// Visits by their length in whole seconds, rounded down; a day or longer is 86400.
    std::map<std::int64_t, std::uint64_t> visits;
    std::uint64_t milliseconds = 0; ///< all of them together

    DwellTimes &operator+=(const DwellTimes &other)
    {
        for (const auto &[second, count] : other.visits)
            visits[second] += count;
        milliseconds += other.milliseconds;
        return *this;
    }
    bool operator==(const DwellTimes &) const = default;
};

/// By agent.
using DwellByAgent = std::map<std::string, DwellTimes>;

FACETRACK_EXPORT DwellTimes together(const DwellByAgent &agents);
FACETRACK_EXPORT std::uint64_t visitCount(const DwellTimes &times);
/// Seconds; 0 without visits.
FACETRACK_EXPORT double meanDwell(const DwellTimes &times);
/// The second that this share (0 to 1) of the visits did not outlast; 0.5 is the median. Exact to the
/// second.
FACETRACK_EXPORT std::int64_t dwellAt(const DwellTimes &times, double share);

/// Visits of from ≤ seconds < to; the last one has no end.
struct DwellBar
{
    std::int64_t from = 0;
    std::int64_t to = 0; ///< 0: no end
    std::uint64_t visits = 0;
};
/// Steps that a chart shows: 0, 2, 5, 10, 20, 30 s, 1, 2, 5, 10, 30 min.
FACETRACK_EXPORT const std::vector<std::int64_t> &dwellSteps();
FACETRACK_EXPORT std::vector<DwellBar> dwellBars(const DwellTimes &times,
                                                 const std::vector<std::int64_t> &steps = dwellSteps());

} // namespace facetrack

#include "libfacetrack/analytics/dwell_times.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace facetrack {

DwellTimes together(const DwellByAgent &agents)
{
    DwellTimes sum;
    for (const auto &[agent, times] : agents)
        sum += times;
    return sum;
}

std::uint64_t visitCount(const DwellTimes &times)
{
    return std::accumulate(times.visits.begin(), times.visits.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto &entry) { return sum + entry.second; });
}

double meanDwell(const DwellTimes &times)
{
    const std::uint64_t visits = visitCount(times);
    return visits == 0 ? 0
                       : static_cast<double>(times.milliseconds) / 1e3 / static_cast<double>(visits);
}

std::int64_t dwellAt(const DwellTimes &times, double share)
{
    const auto wanted = static_cast<std::uint64_t>(
        std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(visitCount(times))));
    std::uint64_t passed = 0;
    for (const auto &[second, count] : times.visits) {
        passed += count;
        if (passed >= wanted)
            return second;
    }
    return 0;
}

const std::vector<std::int64_t> &dwellSteps()
{
    static const std::vector<std::int64_t> steps{0, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800};
    return steps;
}

std::vector<DwellBar> dwellBars(const DwellTimes &times, const std::vector<std::int64_t> &steps)
{
    std::vector<DwellBar> bars;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool last = i + 1 == steps.size();
        const std::int64_t end = last ? std::numeric_limits<std::int64_t>::max() : steps[i + 1];
        DwellBar bar{steps[i], last ? 0 : end, 0};
        for (auto entry = times.visits.lower_bound(steps[i]);
             entry != times.visits.end() && entry->first < end; ++entry)
            bar.visits += entry->second;
        bars.push_back(bar);
    }
    return bars;
}

} // namespace facetrack

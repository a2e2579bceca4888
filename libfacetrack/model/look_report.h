#pragma once
#include "libfacetrack/base/clock.h"

#include <cstdint>
#include <vector>

namespace facetrack {

/// Where faces were looked for in one frame, and how much work that was.
struct LookReport
{
    double wholeLooks = 0;    ///< parts of whole-frame looks, summed: 1 is every place and size
    std::uint32_t regions = 0; ///< looks around faces that were expected there
    std::uint64_t pixels = 0; ///< pixels read, in all scales; of the classic look: of the frame

    static constexpr int GridColumns = 32;
    static constexpr int GridRows = 24;
    static constexpr MonotonicTime Never = MonotonicTime::min();
    /// For each place of a grid over the frame, row by row: capture time of the newest frame in
    /// which faces of all sizes were looked for there, at the latest this one; Never: in none.
    /// Empty: nowhere so far.
    std::vector<MonotonicTime> lookedAt = {};
};

} // namespace facetrack

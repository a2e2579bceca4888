#pragma once
#include <cstdint>

namespace facetrack {

/// Where faces were looked for in one frame, and how much work that was.
struct LookReport
{
    double wholeLooks = 0;    ///< parts of whole-frame looks, summed: 1 is every place and size
    std::uint32_t regions = 0; ///< looks around faces that were expected there
    std::uint64_t pixels = 0; ///< pixels read, in all scales; of the classic look: of the frame
};

} // namespace facetrack

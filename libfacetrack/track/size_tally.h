#pragma once
#include "libfacetrack/base/export.h"

#include <cstdint>
#include <vector>

namespace facetrack {

/// Median of face heights however long somebody stays, in bounded memory: sizes are counted in
/// classes 1.5 % wide, so the median is right to within 1 %.
class FACETRACK_EXPORT SizeTally
{
public:
    void add(float size); ///< fraction of the frame's height, above 0
    float median() const; ///< 0 when there are none

private:
    std::vector<std::uint32_t> m_counts;
    std::uint32_t m_total = 0;
};

} // namespace facetrack

#include "libfacetrack/track/size_tally.h"

#include <algorithm>
#include <cmath>

namespace facetrack {

namespace {

constexpr double smallest = 0.002; // a face of one or two pixels
constexpr double width = 0.015;    // of a class, logarithmic
constexpr int classes = 416;       // up to the whole frame: ln(1/0.002) / 0.015

} // namespace

void SizeTally::add(float size)
{
    if (m_counts.empty())
        m_counts.resize(classes);
    const double place = std::log(std::max(static_cast<double>(size), smallest) / smallest) / width;
    const int at = std::clamp(static_cast<int>(place), 0, classes - 1);
    ++m_counts[static_cast<std::size_t>(at)];
    ++m_total;
}

float SizeTally::median() const
{
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        below += m_counts[i];
        if (2 * below >= m_total)
            return static_cast<float>(smallest * std::exp((static_cast<double>(i) + 0.5) * width));
    }
    return 0;
}

} // namespace facetrack

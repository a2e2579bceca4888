#include "libfacetrack/store/delivery_marks.h"

#include <algorithm>
#include <iterator>

namespace facetrack {

void DeliveryMarks::mark(PositionRange range)
{
    range.first = std::max(range.first, m_watermark + 1);
    if (range.empty())
        return;
    // Swallow every stored range that overlaps or touches the new one.
    auto next = m_beyond.upper_bound(range.first);
    if (next != m_beyond.begin() && std::prev(next)->second >= range.first - 1)
        --next;
    while (next != m_beyond.end() && next->first <= range.last + 1) {
        range.first = std::min(range.first, next->first);
        range.last = std::max(range.last, next->second);
        m_marksBeyond -= next->second - next->first + 1;
        next = m_beyond.erase(next);
    }
    m_beyond.emplace_hint(next, range.first, range.last);
    m_marksBeyond += range.last - range.first + 1;
    absorb();
}

std::uint64_t DeliveryMarks::raise(std::int64_t position)
{
    if (position <= m_watermark)
        return 0;
    std::int64_t open = position - m_watermark;
    while (!m_beyond.empty() && m_beyond.begin()->first <= position) {
        const auto [first, last] = *m_beyond.begin();
        const std::int64_t covered = std::min(last, position) - first + 1;
        open -= covered;
        m_marksBeyond -= covered;
        m_beyond.erase(m_beyond.begin());
        if (last > position)
            m_beyond.emplace(position + 1, last);
    }
    m_watermark = position;
    absorb();
    return static_cast<std::uint64_t>(open);
}

PositionRange DeliveryMarks::nextOpen(std::int64_t position, std::int64_t last) const
{
    std::int64_t first = std::max(position, m_watermark) + 1;
    auto next = m_beyond.upper_bound(first);
    if (next != m_beyond.begin() && std::prev(next)->second >= first)
        first = std::prev(next)->second + 1;
    return {first, next == m_beyond.end() ? last : std::min(last, next->first - 1)};
}

void DeliveryMarks::absorb()
{
    if (m_beyond.empty() || m_beyond.begin()->first != m_watermark + 1)
        return;
    const auto [first, last] = *m_beyond.begin();
    m_watermark = last;
    m_marksBeyond -= last - first + 1;
    m_beyond.erase(m_beyond.begin());
}

} // namespace facetrack

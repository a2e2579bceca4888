#include "libfacetrack/agent/watchdog.h"

#include <algorithm>

namespace facetrack {

namespace {

/// Signs in each limit, so that one that comes late under load is no death.
constexpr int SignsInLimit = 3;

} // namespace

Watchdog::Watchdog(std::chrono::nanoseconds limit, MonotonicTime now)
    : m_limit(limit), m_begun(now), m_sign(now)
{
}

std::chrono::nanoseconds Watchdog::interval() const
{
    constexpr std::chrono::nanoseconds most = std::chrono::seconds(1);
    return std::clamp(m_limit / 12, std::chrono::nanoseconds(std::chrono::milliseconds(20)), most);
}

bool Watchdog::look(const std::vector<WorkPart> &parts, MonotonicTime now)
{
    m_parts.resize(parts.size(), Part{{}, 0, m_begun});
    bool all = true;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Part &part = m_parts[i];
        const WorkPart &next = parts[i];
        const bool gotOn = next.done != part.seen.done;
        if (gotOn)
            part.givenWhenMoved = next.given.value_or(0);
        const bool idle = next.given && *next.given == part.givenWhenMoved;
        if (gotOn || idle || next.excused)
            part.moved = now;
        part.seen = next;
        all = all && part.moved > m_sign;
    }
    if (!all || now - m_sign < m_limit / SignsInLimit)
        return false;
    m_sign = now;
    return true;
}

std::string Watchdog::stuck(MonotonicTime now) const
{
    std::string words;
    for (const Part &part : m_parts) {
        if (now - part.moved < m_limit / 2)
            continue;
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - part.moved);
        words += (words.empty() ? "" : ", ") + part.seen.trouble + " for "
                 + std::to_string(seconds.count()) + " s";
    }
    return words;
}

} // namespace facetrack

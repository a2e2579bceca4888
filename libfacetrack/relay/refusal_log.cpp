#include "libfacetrack/relay/refusal_log.h"

#include "libfacetrack/base/log.h"

namespace facetrack {

void RefusalLog::tell(const std::string &address, const std::string &why)
{
    const std::string line = address + " was refused: " + why;
    if (isNews(line))
        qCWarning(lcRelay, "%s", line.c_str());
}

bool RefusalLog::isNews(const std::string &line)
{
    const MonotonicTime now = m_clock.monotonic();
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_told, [&](const auto &told) { return now - told.second >= silence; });
    return m_told.size() < mostAtATime && m_told.emplace(line, now).second;
}

} // namespace facetrack

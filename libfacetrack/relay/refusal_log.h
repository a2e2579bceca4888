#pragma once
#include "libfacetrack/base/clock.h"

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace facetrack {

/// Tells in the log who was not let in, without letting anyone fill the log: once a minute for each
/// address and reason, and few in all. Thread-safe.
class RefusalLog
{
public:
    static constexpr std::chrono::minutes silence{1};
    static constexpr std::size_t mostAtATime = 32; ///< lines in that time

    explicit RefusalLog(const Clock &clock) : m_clock(clock) {}

    /// `why` holds nothing secret, and nothing that came in but agents' ids (isAgentId()).
    void tell(const std::string &address, const std::string &why);

private:
    bool isNews(const std::string &line);

    const Clock &m_clock;
    std::mutex m_mutex;
    std::map<std::string, MonotonicTime> m_told;
};

} // namespace facetrack

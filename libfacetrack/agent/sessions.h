#pragma once
#include "libfacetrack/base/clock.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace facetrack {

/// Who has logged in with a browser. A session's value is random and known to the browser only; here
/// is its digest. Sessions end with the agent, by logging out, when another token was made since
/// (`generation`), or after a month. Thread-safe.
class Sessions
{
public:
    static constexpr std::size_t most = 256; ///< beyond it the one not used for longest ends
    static constexpr std::chrono::hours longest{24 * 30};

    explicit Sessions(const Clock &clock) : m_clock(clock) {}

    /// Begins one; returns its value.
    std::string open(std::uint64_t generation);
    /// The key of a session that goes on; empty for any other value.
    std::string find(std::string_view value, std::uint64_t generation);
    /// Whether the session with this key goes on.
    bool goesOn(const std::string &key, std::uint64_t generation);
    void close(std::string_view value);

private:
    struct Session
    {
        std::uint64_t generation = 0;
        MonotonicTime begun{0};
        MonotonicTime used{0};
    };
    bool isGood(const Session &session, std::uint64_t generation) const;
    void makeRoom();

    const Clock &m_clock;
    std::mutex m_mutex;
    std::map<std::string, Session> m_sessions; ///< by digest: finding one tells nothing of a value
};

} // namespace facetrack

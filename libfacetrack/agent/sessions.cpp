#include "libfacetrack/agent/sessions.h"

#include "libfacetrack/http/base64url.h"
#include "libfacetrack/http/secret_bytes.h"

#include <algorithm>

namespace facetrack {

std::string Sessions::open(std::uint64_t generation)
{
    std::string value = http::toBase64Url(http::randomBytes(32));
    const MonotonicTime now = m_clock.monotonic();
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_sessions, [&](const auto &one) { return !isGood(one.second, generation); });
    makeRoom();
    m_sessions[http::digestOf(value)] = {generation, now, now};
    return value;
}

void Sessions::makeRoom()
{
    if (m_sessions.size() < most)
        return;
    m_sessions.erase(std::min_element(m_sessions.begin(), m_sessions.end(),
                                      [](const auto &a, const auto &b) {
                                          return a.second.used < b.second.used;
                                      }));
}

bool Sessions::isGood(const Session &session, std::uint64_t generation) const
{
    return session.generation == generation && m_clock.monotonic() - session.begun < longest;
}

std::string Sessions::find(std::string_view value, std::uint64_t generation)
{
    std::string key = http::digestOf(value);
    const std::lock_guard lock(m_mutex);
    const auto found = m_sessions.find(key);
    if (found == m_sessions.end() || !isGood(found->second, generation))
        return {};
    found->second.used = m_clock.monotonic();
    return key;
}

bool Sessions::goesOn(const std::string &key, std::uint64_t generation)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_sessions.find(key);
    return found != m_sessions.end() && isGood(found->second, generation);
}

void Sessions::close(std::string_view value)
{
    const std::lock_guard lock(m_mutex);
    m_sessions.erase(http::digestOf(value));
}

} // namespace facetrack

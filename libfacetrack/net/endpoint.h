#pragma once
#include "libfacetrack/net/endpoint_settings.h"

#include <QUrl>
#include <chrono>
#include <string>

namespace facetrack::net {

/// One server: how it is doing, and when to ask it again.
class Endpoint
{
public:
    explicit Endpoint(const std::string &url);

    const EndpointState &state() const { return m_state; }
    QUrl address(const std::string &path) const;

    void begin() { ++m_busy; ++m_state.requests; }
    void end() { --m_busy; }
    int busy() const { return m_busy; }

    /// It took a request. True when that is news.
    bool succeeded();
    /// It answered a question after its health: used again, but not forgiven yet.
    bool revived();
    /// True when that is news.
    bool failed(const std::string &words);
    /// Until it is asked again: doubles with each failure, with jitter; 1 to 30 s.
    std::chrono::milliseconds pause() const;

private:
    EndpointState m_state;
    QUrl m_url;
    int m_busy = 0;
    int m_failuresInRow = 0;
};

} // namespace facetrack::net

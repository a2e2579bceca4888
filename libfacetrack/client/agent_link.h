#pragma once
#include "libfacetrack/client/agent_access.h"
#include "libfacetrack/client/agent_failure.h"
#include "libfacetrack/net/exchange.h"
#include "libfacetrack/net/tls.h"

#include <QNetworkAccessManager>
#include <map>
#include <string>

namespace facetrack {

/// One agent on the network: requests that carry its token, and only to the right certificate.
/// Internal to this room.
class AgentLink
{
public:
    explicit AgentLink(AgentAccess access);
    /// May be called from inside an answer: what is calling goes later.
    ~AgentLink() { m_network->deleteLater(); }
    AgentLink(const AgentLink &) = delete;
    AgentLink &operator=(const AgentLink &) = delete;

    const AgentAccess &access() const { return m_access; }
    QNetworkAccessManager &network() { return *m_network; }
    const net::Tls &tls() const { return m_tls; }
    QNetworkRequest request(const std::string &path,
                            const std::map<std::string, std::string> &query = {}) const;
    /// Why there is no answer, or why it is a refusal; `result` is no success.
    AgentFailure failure(const net::ExchangeResult &result) const;

private:
    AgentFailure unanswered(const net::ExchangeResult &result) const;

    AgentAccess m_access;
    net::Tls m_tls;
    QNetworkAccessManager *const m_network;
};

/// A path segment of anything: "evening light" is "evening%20light".
std::string pathSegment(const std::string &text);

} // namespace facetrack

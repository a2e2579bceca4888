#pragma once
#include "console/core/network_thread.h"
#include "libfacetrack/base/back_off.h"
#include "libfacetrack/client/agent_client.h"
#include "libfacetrack/client/agent_events.h"
#include "libfacetrack/client/known_agents.h"

#include <QTimer>
#include <filesystem>
#include <memory>

namespace facetrack::console {

/// The part of AgentSession that lives on the network's thread: meets the agent, listens to its
/// events, asks it. What it learns goes to the session by the mailbox.
class SessionLink
{
public:
    /// Called on the session's thread.
    struct Tell
    {
        std::function<void(AgentInfo, KnownAgent)> met;
        std::function<void()> connected;
        std::function<void(AgentFailure, std::chrono::milliseconds)> lost;
        std::function<void(AgentFailure)> refused;
        std::function<void(AgentEvent)> event;
        std::function<void(AgentReport)> report;
    };

    SessionLink(std::shared_ptr<Mailbox> mailbox, Tell tell, std::filesystem::path known);

    /// Talks with this agent from now on. One that was never met is met first: its certificate is
    /// remembered, and met() told; then nothing more happens until the next open().
    void open(const KnownAgent &agent);
    void retryNow();
    /// Remembers what is shown now in place of the certificate that was known.
    void acceptCertificate(const KnownAgent &agent);
    /// Null before the first open().
    AgentClient *client() { return m_client.get(); }
    QObject *anchor() { return &m_anchor; }

private:
    void meet();
    void welcome(const AgentInfo &info);
    void missed(AgentFailure why);
    void listen();
    void hear(const AgentEvent &event);

    const std::shared_ptr<Mailbox> m_mailbox;
    const Tell m_tell;
    const std::filesystem::path m_knownFile;
    KnownAgent m_agent;
    QObject m_anchor;
    QTimer m_again;
    BackOff m_pauses;
    std::unique_ptr<AgentClient> m_client;
    std::unique_ptr<AgentEvents> m_events;
};

} // namespace facetrack::console

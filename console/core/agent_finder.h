#pragma once
#include "console/core/network_thread.h"
#include "libfacetrack/discovery/agent_browser.h"

#include <QObject>
#include <memory>
#include <vector>

namespace facetrack::console {

/// An AgentBrowser on the network's thread. Thread-bound (GUI).
class AgentFinder : public QObject
{
    Q_OBJECT

public:
    AgentFinder(NetworkThread &network, BrowserSources sources, QObject *parent = nullptr);
    ~AgentFinder() override;

    BrowserState state() const { return m_state; }
    void setSaved(const QStringList &addresses);

Q_SIGNALS:
    void found(const std::vector<facetrack::FoundAgent> &agents);

private:
    NetworkThread &m_network;
    BrowserState m_state;
    const std::shared_ptr<Mailbox> m_mailbox;
    /// Filled, used and emptied on the network's thread only.
    const std::shared_ptr<std::unique_ptr<AgentBrowser>> m_browser;
};

} // namespace facetrack::console

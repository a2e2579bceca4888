#include "console/core/agent_finder.h"

namespace facetrack::console {

AgentFinder::AgentFinder(NetworkThread &network, BrowserSources sources, QObject *parent)
    : QObject(parent), m_network(network), m_mailbox(std::make_shared<Mailbox>(this)),
      m_browser(std::make_shared<std::unique_ptr<AgentBrowser>>())
{
    // The browser's own thread fills and empties the slot, so a raw pointer to it is enough there.
    m_network.post([this, slot = m_browser.get(), keep = m_browser, mailbox = m_mailbox,
                    sources = std::move(sources)] {
        *keep = std::make_unique<AgentBrowser>(sources, [this, slot, mailbox] {
            if (!*slot)
                return;
            mailbox->post([this, agents = (*slot)->agents(), state = (*slot)->state()] {
                m_state = state;
                Q_EMIT found(agents);
            });
        });
    });
}

AgentFinder::~AgentFinder()
{
    m_mailbox->close();
    m_network.post([browser = m_browser] { browser->reset(); });
}

void AgentFinder::setSaved(const QStringList &addresses)
{
    std::vector<std::string> saved;
    for (const QString &address : addresses)
        saved.push_back(address.toStdString());
    m_network.post([browser = m_browser, saved] {
        if (*browser)
            (*browser)->setSaved(saved);
    });
}

} // namespace facetrack::console

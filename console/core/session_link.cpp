#include "console/core/session_link.h"

namespace facetrack::console {

namespace {

using namespace std::chrono_literals;

bool isMet(const KnownAgent &agent)
{
    const bool plain = agent.address.starts_with("http://");
    return !agent.id.empty() && (plain || !agent.fingerprint.empty());
}

} // namespace

SessionLink::SessionLink(std::shared_ptr<Mailbox> mailbox, Tell tell, std::filesystem::path known)
    : m_mailbox(std::move(mailbox)), m_tell(std::move(tell)), m_knownFile(std::move(known)),
      m_pauses(500ms, 10s)
{
    m_again.setSingleShot(true);
    QObject::connect(&m_again, &QTimer::timeout, &m_anchor, [this] { meet(); });
}

void SessionLink::open(const KnownAgent &agent)
{
    m_agent = agent;
    m_events.reset();
    m_again.stop();
    if (m_client) {
        m_client->setAccess(agent.access());
    } else {
        m_client = std::make_unique<AgentClient>(agent.access());
        m_client->setName("console");
    }
    isMet(agent) ? listen() : meet();
}

void SessionLink::retryNow()
{
    if (m_events)
        m_events->retryNow();
    else if (m_again.isActive())
        m_again.start(0);
}

void SessionLink::meet()
{
    m_client->agent(&m_anchor, [this](const AgentResult<AgentInfo> &info) {
        if (info)
            return welcome(*info);
        if (info.error().trouble == AgentTrouble::Scheme) {
            m_agent.address = withOtherScheme(m_agent.address);
            m_client->setAccess(m_agent.access());
        }
        missed(info.error());
    });
}

void SessionLink::welcome(const AgentInfo &info)
{
    const std::string shown = m_client->fingerprint();
    KnownAgent agent{info.id, info.name, m_agent.address, shown, m_agent.token};
    const auto known = KnownAgents::load(m_knownFile);
    const KnownAgent *const before = known ? known->find(info.id) : nullptr;
    if (before && before->id == info.id) {
        if (!before->fingerprint.empty() && before->fingerprint != shown) {
            m_agent = *before; // so that acceptCertificate() is about this one
            AgentFailure other = failureOf(changedFingerprint(info.name, before->fingerprint, shown),
                                           AgentTrouble::Fingerprint);
            other.fingerprint = shown;
            return m_mailbox->post([tell = m_tell.refused, other] { tell(other); });
        }
        if (agent.token.empty())
            agent.token = before->token;
    }
    if (!shown.empty()) {
        // A file that cannot be kept is no reason to leave the agent out: it is met again next time.
        (void)KnownAgents::change(m_knownFile,
                                  [&](KnownAgents &all) { return all.remember(agent); });
    }
    m_mailbox->post([tell = m_tell.met, info, agent] { tell(info, agent); });
}

void SessionLink::missed(AgentFailure why)
{
    const auto pause = why.trouble == AgentTrouble::Scheme ? 10ms : m_pauses.next();
    m_again.start(pause);
    m_mailbox->post([tell = m_tell.lost, why = std::move(why), pause] { tell(why, pause); });
}

void SessionLink::listen()
{
    AgentEvents::Handlers handlers;
    handlers.event = [this](const AgentEvent &event) { hear(event); };
    handlers.connected = [this] { m_mailbox->post(m_tell.connected); };
    handlers.lost = [this](const AgentFailure &why, std::chrono::milliseconds pause) {
        m_mailbox->post([tell = m_tell.lost, why, pause] { tell(why, pause); });
    };
    handlers.refused = [this](const AgentFailure &why) {
        m_mailbox->post([tell = m_tell.refused, why] { tell(why); });
    };
    m_events = std::make_unique<AgentEvents>(m_agent.access(), std::move(handlers));
    m_events->start();
}

void SessionLink::hear(const AgentEvent &event)
{
    if (event.name == "status")
        m_mailbox->post([tell = m_tell.report, report = reportFrom(event.data)] { tell(report); });
    else
        m_mailbox->post([tell = m_tell.event, event] { tell(event); });
}

void SessionLink::acceptCertificate(const KnownAgent &agent)
{
    (void)KnownAgents::change(m_knownFile, [&](KnownAgents &all) -> Result<void> {
        const std::string name = agent.id.empty() ? m_agent.id : agent.id;
        (void)all.forget(name); // what is not there needs no forgetting
        return {};
    });
    KnownAgent anew = agent;
    anew.fingerprint.clear();
    anew.token.clear(); // it was for the agent with the other certificate
    open(anew);
}

} // namespace facetrack::console

#include "console/preflight/agent_watch.h"

namespace facetrack::console {

namespace {

constexpr std::chrono::seconds AskEvery{2};

} // namespace

AgentWatch::AgentWatch(AgentListModel &agents, QObject *parent) : QObject(parent), m_agents(agents)
{
    m_tick.setInterval(AskEvery);
    connect(&m_tick, &QTimer::timeout, this, &AgentWatch::askNow);
    for (AgentSession *const session : agents.sessions())
        watch(session);
    connect(&agents, &AgentListModel::sessionAdded, this, &AgentWatch::watch);
    connect(&agents, &AgentListModel::sessionRemoved, this, [this](const AgentSession *session) {
        m_memories.erase(session);
        Q_EMIT changed();
    });
}

void AgentWatch::watch(AgentSession *session)
{
    connect(session, &AgentSession::contactChanged, this, &AgentWatch::changed);
    connect(session, &AgentSession::infoChanged, this, &AgentWatch::changed);
    connect(session, &AgentSession::tuningChanged, this, &AgentWatch::changed);
    connect(session, &AgentSession::reportChanged, this, [this, session] {
        if (!m_on)
            return;
        m_memories[session].sawFaces(session->report());
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

void AgentWatch::setOn(bool on)
{
    m_on = on;
    if (!on)
        return m_tick.stop();
    m_tick.start();
    askNow();
    Q_EMIT changed();
}

void AgentWatch::askNow()
{
    for (AgentSession *const session : m_agents.sessions())
        if (session->isOnline())
            ask(session);
}

void AgentWatch::ask(AgentSession *session)
{
    session->call<nlohmann::json>(
        this,
        [](AgentClient &client, QObject *there, auto done) {
            client.get("/api/v1/focus", {}, there, done);
        },
        [this, at = QPointer<AgentSession>(session)](const AgentResult<nlohmann::json> &answer) {
            // Without a picture there is no figure; the line about the camera says why.
            if (!at || !answer || !answer->is_object() || !answer->contains("whole") || !answer->at("whole").is_number())
                return;
            m_memories[at.data()].sawFocus(answer->at("whole").get<double>());
            Q_EMIT changed();
        });
}

QList<Finding> AgentWatch::findings(bool databaseExpected) const
{
    static const AgentMemory nothing;
    QList<Finding> all;
    for (const AgentSession *const session : m_agents.sessions()) {
        const auto memory = m_memories.find(session);
        all += findingsOf(*session, memory == m_memories.end() ? nothing : memory->second, databaseExpected);
    }
    return all;
}

} // namespace facetrack::console

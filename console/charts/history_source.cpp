#include "console/charts/history_source.h"

namespace facetrack::console {

HistorySource::HistorySource(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    readVenue();
    connect(workspace.venues.get(), &VenueProfiles::activeChanged, this, &HistorySource::readVenue);
    const auto follow = [this](AgentSession *session) {
        connect(session, &AgentSession::contactChanged, this, [this, session] {
            if (!asksDatabase() && session->isOnline())
                Q_EMIT agentAnswers();
        });
    };
    for (AgentSession *const session : workspace.agents.sessions())
        follow(session);
    connect(&workspace.agents, &AgentListModel::sessionAdded, this, follow);
}

void HistorySource::readVenue()
{
    m_venue = m_workspace.venues->active();
    m_ready = false;
    m_workspace.venues->readPassword(m_venue.name, this, [this](const QString &password) {
        m_password = password;
        m_ready = true;
        Q_EMIT changed();
    });
}

void HistorySource::wantAgents(bool agents)
{
    if (m_agentsWanted == agents)
        return;
    m_agentsWanted = agents;
    Q_EMIT changed();
}

std::vector<AgentSession *> HistorySource::askable() const
{
    std::vector<AgentSession *> sessions = m_workspace.agents.sessions();
    std::erase_if(sessions, [](const AgentSession *session) { return session->id().isEmpty(); });
    return sessions;
}

QString HistorySource::text() const
{
    if (asksDatabase())
        return tr("the database of %1 (%2)").arg(m_venue.name, m_venue.databases.join(QStringLiteral(", ")));
    return tr("%n agents, each from its own disk", nullptr, static_cast<int>(askable().size()));
}

QString HistorySource::trouble() const
{
    if (asksDatabase() || !askable().empty())
        return {};
    return tr("There is nobody to ask: no agent is known, and no database is set up.\n"
              "Add an agent by its address at the left, or a database under Connections.");
}

HistoryDesk::Maker HistorySource::maker() const
{
    if (!m_ready)
        return {};
    if (asksDatabase())
        return pastOf(m_venue.servers(m_password), m_venue.schema.toStdString());
    std::vector<AgentsHistory::Agent> agents;
    for (const AgentSession *session : askable())
        agents.push_back({session->id().toStdString(), session->access()});
    return pastOf(agents);
}

} // namespace facetrack::console

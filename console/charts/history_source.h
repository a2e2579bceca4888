#pragma once
#include "console/charts/history_desk.h"
#include "console/shell/workspace.h"

namespace facetrack::console {

/// Where charts get the past from: the database of the current venue where it has one, else the
/// agents; a person may choose the agents all the same. Thread-bound (GUI).
class HistorySource : public QObject
{
    Q_OBJECT

public:
    explicit HistorySource(Workspace &workspace, QObject *parent = nullptr);

    bool hasDatabase() const { return m_venue.hasDatabase(); }
    bool asksDatabase() const { return hasDatabase() && !m_agentsWanted; }
    void wantAgents(bool agents);
    /// For people: "the database of Berlin (https://db1:4200)", "3 agents".
    QString text() const;
    QString venue() const { return m_venue.name; }
    /// To be called on any thread; empty when there is nobody to ask, as trouble() says.
    HistoryDesk::Maker maker() const;
    QString trouble() const;

Q_SIGNALS:
    void changed();      ///< another source
    void agentAnswers(); ///< one more, where agents are asked

private:
    void readVenue();
    std::vector<AgentSession *> askable() const;

    Workspace &m_workspace;
    VenueProfile m_venue;
    QString m_password;
    bool m_agentsWanted = false;
    bool m_ready = false; ///< the password is read
};

} // namespace facetrack::console

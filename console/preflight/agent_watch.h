#pragma once
#include "console/core/agent_list_model.h"
#include "console/preflight/agent_findings.h"

#include <QObject>
#include <QTimer>
#include <map>

namespace facetrack::console {

/// Looks at all agents while it is on: takes their reports as they come and asks for the focus figure
/// every two seconds. What it has seen stays when it is off. Thread-bound (GUI).
class AgentWatch : public QObject
{
    Q_OBJECT

public:
    explicit AgentWatch(AgentListModel &agents, QObject *parent = nullptr);

    void setOn(bool on);
    void askNow();
    QList<Finding> findings(bool databaseExpected) const;

Q_SIGNALS:
    void changed();

private:
    void watch(AgentSession *session);
    void ask(AgentSession *session);

    AgentListModel &m_agents;
    QTimer m_tick;
    bool m_on = false;
    std::map<const AgentSession *, AgentMemory> m_memories;
};

} // namespace facetrack::console

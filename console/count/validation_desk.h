#pragma once
#include "console/count/kept_counts.h"
#include "console/count/validation_list.h"
#include "console/shell/workspace.h"

namespace facetrack::console {

/// Brings counts to their agents (POST /api/v1/validation) and asks for those that they keep.
/// Thread-bound (GUI).
class ValidationDesk : public QObject
{
    Q_OBJECT

public:
    ValidationDesk(Workspace &workspace, KeptCounts &kept);

    /// Asks the agent for its counts; null does nothing.
    void ask(AgentSession *session);
    /// Sends what waits for agents that are there. What an agent has already, since only its answer
    /// was lost, is not sent again.
    void sendAll();

Q_SIGNALS:
    void listed(facetrack::console::AgentSession *session, const QList<facetrack::console::StoredCount> &counts);
    /// It is the agent's now, and waits no more.
    void stored(const facetrack::console::KeptCount &count, const facetrack::console::StoredCount &answer);
    /// It waits on.
    void failed(const facetrack::console::KeptCount &count, const QString &why);

private:
    void send(AgentSession *session, const KeptCount &count);
    void post(AgentSession *session, const KeptCount &count);
    void done(const KeptCount &count, const StoredCount &answer);
    void failedWith(const KeptCount &count, const AgentFailure &why);

    Workspace &m_workspace;
    KeptCounts &m_kept;
    QList<KeptCount> m_onTheWay;
};

} // namespace facetrack::console

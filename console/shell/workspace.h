#pragma once
#include "console/core/agent_list_model.h"
#include "console/core/console_settings.h"
#include "console/core/secret_store.h"
#include "console/core/venue_profiles.h"

#include <QObject>
#include <QPointer>
#include <memory>

namespace facetrack::console {

/// The agent that the panels at the side are about: the one clicked last. Thread-bound (GUI).
class CurrentAgent : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    AgentSession *session() const { return m_session; } ///< null: none
    void set(AgentSession *session)
    {
        if (m_session == session)
            return;
        m_session = session;
        Q_EMIT changed(session);
    }

Q_SIGNALS:
    void changed(facetrack::console::AgentSession *session);

private:
    QPointer<AgentSession> m_session;
};

/// What pages and panels work with. Outlives them.
struct Workspace
{
    ConsoleSettings &settings;
    SecretStore &secrets;
    AgentListModel &agents;
    CurrentAgent &current;
    std::shared_ptr<VenueProfiles> venues = std::make_shared<VenueProfiles>(settings, secrets);
};

} // namespace facetrack::console

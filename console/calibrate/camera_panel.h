#pragma once
#include "console/core/agent_session.h"

#include <QLabel>
#include <QVBoxLayout>

namespace facetrack::console {

/// What can be set at the camera itself, such as exposure, as far as the agent's schema has it.
class CameraPanel : public QWidget
{
    Q_OBJECT

public:
    CameraPanel();

    void setSession(AgentSession *session); ///< null: none

private:
    void build();
    void refresh();

    QPointer<AgentSession> m_session;
    QVBoxLayout *const m_layout;
    QLabel *const m_none;
    QPointer<QWidget> m_form;
    std::vector<std::string> m_keys; ///< that the form is about
};

} // namespace facetrack::console

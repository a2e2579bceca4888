#pragma once
#include "console/core/agent_session.h"

#include <QComboBox>
#include <QPointer>
#include <QToolButton>
#include <QWidget>

namespace facetrack::console {

/// The presets of an agent: apply one, keep what is in force under a name, delete one.
class PresetBar : public QWidget
{
    Q_OBJECT

public:
    PresetBar();
    void choose(AgentSession *session);
    void save(const QString &name);

Q_SIGNALS:
    void failed(const QString &why);

private:
    void load();
    void apply();
    void askForName();
    void remove();
    template<typename T>
    bool good(const AgentResult<T> &result);

    QPointer<AgentSession> m_session;
    QComboBox *const m_box;
};

} // namespace facetrack::console

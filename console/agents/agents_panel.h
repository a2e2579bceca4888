#pragma once
#include "console/shell/panel.h"

#include <QLabel>
#include <QListView>

namespace facetrack::console {

/// The list of agents at the left: how each is, and what one can do with it.
class AgentsPanel : public Panel
{
    Q_OBJECT

public:
    explicit AgentsPanel(Workspace &workspace);
    QList<QAction *> panelActions() override { return m_actions; }

private:
    AgentSession *chosen() const;
    void addActions();
    void addAction(const QString &text, const char *name, const QKeySequence &key, void (AgentsPanel::*does)());
    void showChosen();
    void addAgent();
    void pair();
    void identify();
    void rename();
    void retry();
    void restartSource();
    void copyFigures();
    void forget();
    void tell(const Error &error);

    Workspace &m_workspace;
    QListView *const m_list;
    QLabel *const m_notice;
    QList<QAction *> m_actions;
};

} // namespace facetrack::console

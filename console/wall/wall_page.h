#pragma once
#include "console/live/picture_view.h"
#include "console/shell/page.h"

#include <QStackedLayout>

namespace facetrack::console {

class WallGrid;

/// All live pictures in a grid that fills the space; one of them alone on a double click.
class WallPage : public Page
{
    Q_OBJECT

public:
    explicit WallPage(Workspace &workspace);
    QList<QAction *> pageActions() override { return m_actions; }

private:
    void add(AgentSession *session);
    void remove(AgentSession *session);
    void updateEmpty();
    void addActions();

    Workspace &m_workspace;
    QStackedLayout *m_layers;
    WallGrid *m_grid;
    QWidget *m_empty;
    QList<QAction *> m_actions;
};

} // namespace facetrack::console

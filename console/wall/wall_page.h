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
    bool wantsRoom() const override { return false; } ///< one tunes by what one sees here
    QList<QAction *> pageActions() override { return m_actions; }

private:
    void add(AgentSession *session);
    void put(AgentSession *session);
    void remove(AgentSession *session);
    void updateEmpty();
    void addActions();
    void addToggle(const QString &text, const QString &key, bool fallback, void (PictureView::*apply)(bool));
    void addChoice();
    QAction *addAction(const QString &text, const QKeySequence &key);
    bool isChosen(const AgentSession *session) const;
    void choose(AgentSession *session, bool chosen);
    PictureView *viewOf(const AgentSession *session) const;

    Workspace &m_workspace;
    QStackedLayout *m_layers;
    WallGrid *m_grid;
    QWidget *m_empty;  ///< no agent is known
    QWidget *m_none;   ///< there are some, but none is chosen
    QAction *m_choice = nullptr;
    QList<QAction *> m_actions;
};

} // namespace facetrack::console

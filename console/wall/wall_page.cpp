#include "console/wall/wall_page.h"

#include "console/wall/looking_notice.h"
#include "console/wall/wall_grid.h"

namespace facetrack::console {

WallPage::WallPage(Workspace &workspace)
    : m_workspace(workspace), m_layers(new QStackedLayout(this)), m_grid(new WallGrid),
      m_empty(new LookingNotice)
{
    m_grid->setObjectName(QStringLiteral("wallGrid"));
    m_layers->addWidget(m_empty);
    m_layers->addWidget(m_grid);
    m_grid->setOrder(workspace.settings.value(QStringLiteral("wall/order")).toStringList());
    addActions();
    for (AgentSession *const session : workspace.agents.sessions())
        add(session);
    connect(&workspace.agents, &AgentListModel::sessionAdded, this, &WallPage::add);
    connect(&workspace.agents, &AgentListModel::sessionRemoved, this, &WallPage::remove);
    connect(m_grid, &WallGrid::chosen, &workspace.current, &CurrentAgent::set);
    connect(m_grid, &WallGrid::orderChanged, this, [this] {
        m_workspace.settings.set(QStringLiteral("wall/order"), m_grid->order());
    });
    updateEmpty();
}

void WallPage::add(AgentSession *session)
{
    auto *const view = new PictureView(session, m_workspace.agents.colour(session));
    view->setAgentOverlay(m_workspace.settings.value(QStringLiteral("wall/agent_overlay")).toBool());
    view->setBoxesShown(m_workspace.settings.value(QStringLiteral("wall/boxes"), true).toBool());
    m_grid->add(view);
    // Its place is known by its id, which an address tells only when it has answered.
    connect(session, &AgentSession::infoChanged, m_grid, [this] {
        m_grid->setOrder(m_workspace.settings.value(QStringLiteral("wall/order")).toStringList());
    });
    updateEmpty();
}

void WallPage::remove(AgentSession *session)
{
    m_grid->remove(session);
    updateEmpty();
}

void WallPage::updateEmpty()
{
    m_layers->setCurrentWidget(m_grid->views().isEmpty() ? m_empty : m_grid);
}

void WallPage::addActions()
{
    const auto toggle = [this](const QString &text, const QString &key, bool fallback,
                               void (PictureView::*apply)(bool)) {
        auto *const action = new QAction(text, this);
        action->setCheckable(true);
        action->setChecked(m_workspace.settings.value(key, fallback).toBool());
        connect(action, &QAction::toggled, this, [this, key, apply](bool on) {
            m_workspace.settings.set(key, on);
            for (PictureView *const view : m_grid->views())
                (view->*apply)(on);
        });
        m_actions << action;
    };
    toggle(tr("Show boxes"), QStringLiteral("wall/boxes"), true, &PictureView::setBoxesShown);
    toggle(tr("Let agents draw the boxes"), QStringLiteral("wall/agent_overlay"), false,
           &PictureView::setAgentOverlay);
    auto *const alone = new QAction(tr("One picture or all"), this);
    alone->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(alone, &QAction::triggered, this, [this] {
        PictureView *mine = nullptr;
        for (PictureView *const view : m_grid->views())
            if (view->session() == m_workspace.current.session())
                mine = view;
        m_grid->showAlone(m_grid->alone() ? nullptr : mine);
    });
    m_actions << alone;
}

} // namespace facetrack::console

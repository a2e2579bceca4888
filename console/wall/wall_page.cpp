#include "console/wall/wall_page.h"

#include "console/wall/looking_notice.h"
#include "console/wall/wall_grid.h"

#include <QCoreApplication>
#include <QLabel>
#include <QProcess>

namespace facetrack::console {

namespace {

const QString LeftOffKey = QStringLiteral("wall/left_off");

/// As it is kept: by its id, or its address until it has told that.
QString nameOf(const AgentSession *session)
{
    return session->id().isEmpty() ? session->address() : session->id();
}

QLabel *noneNotice()
{
    auto *const notice = new QLabel(WallPage::tr("<h2>No picture is chosen</h2><p>Click an agent at the left, and put its "
                                                 "picture back with the menu Page.</p>"));
    notice->setAlignment(Qt::AlignCenter);
    notice->setWordWrap(true);
    return notice;
}

} // namespace

WallPage::WallPage(Workspace &workspace)
    : m_workspace(workspace), m_layers(new QStackedLayout(this)), m_grid(new WallGrid),
      m_empty(new LookingNotice), m_none(noneNotice())
{
    auto *const looking = static_cast<LookingNotice *>(m_empty);
    connect(looking, &LookingNotice::addWanted, this, [this] { Q_EMIT commands(QStringLiteral("addAgentAction")); });
    connect(looking, &LookingNotice::demoWanted, this, [] {
        QProcess::startDetached(QCoreApplication::applicationFilePath(), {QStringLiteral("--demo")});
    });
    m_grid->setObjectName(QStringLiteral("wallGrid"));
    m_layers->addWidget(m_empty);
    m_layers->addWidget(m_none);
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
    // Its place is known by its id, which an address tells only when it has answered.
    connect(session, &AgentSession::infoChanged, m_grid, [this, session] {
        if (!isChosen(session))
            remove(session);
        m_grid->setOrder(m_workspace.settings.value(QStringLiteral("wall/order")).toStringList());
    });
    if (isChosen(session))
        put(session);
    updateEmpty();
}

void WallPage::put(AgentSession *session)
{
    auto *const view = new PictureView(session, m_workspace.agents.colour(session));
    view->setAgentOverlay(m_workspace.settings.value(QStringLiteral("wall/agent_overlay")).toBool());
    view->setBoxesShown(m_workspace.settings.value(QStringLiteral("wall/boxes"), true).toBool());
    m_grid->add(view);
    updateEmpty();
}

void WallPage::remove(AgentSession *session)
{
    m_grid->remove(session);
    updateEmpty();
}

void WallPage::updateEmpty()
{
    m_layers->setCurrentWidget(!m_grid->views().isEmpty()              ? static_cast<QWidget *>(m_grid)
                               : m_workspace.agents.sessions().empty() ? m_empty
                                                                       : m_none);
    if (!m_choice)
        return;
    const AgentSession *const current = m_workspace.current.session();
    m_choice->setEnabled(current);
    m_choice->setChecked(current && viewOf(current));
}

PictureView *WallPage::viewOf(const AgentSession *session) const
{
    for (PictureView *const view : m_grid->views())
        if (view->session() == session)
            return view;
    return nullptr;
}

bool WallPage::isChosen(const AgentSession *session) const
{
    return !m_workspace.settings.value(LeftOffKey).toStringList().contains(nameOf(session));
}

void WallPage::choose(AgentSession *session, bool chosen)
{
    QStringList leftOff = m_workspace.settings.value(LeftOffKey).toStringList();
    leftOff.removeAll(nameOf(session));
    if (!chosen)
        leftOff << nameOf(session);
    m_workspace.settings.set(LeftOffKey, leftOff);
    if (!chosen)
        return remove(session);
    if (!viewOf(session))
        put(session);
    updateEmpty();
}

QAction *WallPage::addAction(const QString &text, const QKeySequence &key)
{
    auto *const action = new QAction(text, this);
    action->setShortcut(key);
    m_actions << action;
    return action;
}

void WallPage::addToggle(const QString &text, const QString &key, bool fallback, void (PictureView::*apply)(bool))
{
    QAction *const action = addAction(text, {});
    action->setCheckable(true);
    action->setChecked(m_workspace.settings.value(key, fallback).toBool());
    connect(action, &QAction::toggled, this, [this, key, apply](bool on) {
        m_workspace.settings.set(key, on);
        for (PictureView *const view : m_grid->views())
            (view->*apply)(on);
    });
}

void WallPage::addChoice()
{
    m_choice = addAction(tr("Chosen agent on the wall"), Qt::CTRL | Qt::Key_H);
    m_choice->setObjectName(QStringLiteral("onTheWall"));
    m_choice->setCheckable(true);
    connect(m_choice, &QAction::triggered, this, [this](bool chosen) {
        if (AgentSession *const current = m_workspace.current.session())
            choose(current, chosen);
    });
    connect(&m_workspace.current, &CurrentAgent::changed, this, &WallPage::updateEmpty);
}

void WallPage::addActions()
{
    addToggle(tr("Show boxes"), QStringLiteral("wall/boxes"), true, &PictureView::setBoxesShown);
    addToggle(tr("Let agents draw the boxes"), QStringLiteral("wall/agent_overlay"), false, &PictureView::setAgentOverlay);
    addChoice();
    connect(addAction(tr("One picture or all"), Qt::CTRL | Qt::Key_Return), &QAction::triggered, this, [this] {
        m_grid->showAlone(m_grid->alone() ? nullptr : viewOf(m_workspace.current.session()));
    });
}

} // namespace facetrack::console

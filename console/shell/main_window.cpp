#include "console/shell/main_window.h"

#include "console/core/moment.h"
#include "console/present/present_dialog.h"
#include "console/present/presentation.h"
#include "console/report/report_dialog.h"
#include "console/shell/about.h"
#include "console/shell/command_search.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QMenuBar>
#include <QStatusBar>
#include <QTime>
#include <QToolBar>
#include <utility>

namespace facetrack::console {

namespace {

/// Narrower windows have no room for a page that wants it and for the panels at the right.
constexpr int Narrow = 1'500; // px

} // namespace

MainWindow::MainWindow(Workspace &workspace)
    : m_workspace(workspace), m_kinds(pageKinds()), m_stack(new QStackedWidget),
      m_pageActions(new QActionGroup(this)), m_status(new QLabel)
{
    setWindowTitle(tr("facetrack"));
    setCentralWidget(m_stack);
    addPanels();
    addPages();
    addMenus();
    addStatusLine();
    resize(1280, 720);
    restoreGeometry(workspace.settings.value(QStringLiteral("window/geometry")).toByteArray());
    restoreState(workspace.settings.value(QStringLiteral("window/state")).toByteArray());
    if (!showPage(workspace.settings.value(QStringLiteral("window/page")).toString()))
        switchTo(0);
}

MainWindow::~MainWindow()
{
    delete m_presentation; // a window of its own, on the same workspace
}

void MainWindow::addPages()
{
    auto *const bar = addToolBar(tr("Pages"));
    bar->setObjectName(QStringLiteral("pages"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (int i = 0; i < m_kinds.size(); ++i) {
        const PageKind &kind = m_kinds[i];
        Page *const page = kind.make(m_workspace);
        page->setObjectName(kind.id);
        m_stack->addWidget(page);
        connect(page, &Page::wants, this, &MainWindow::showPage);
        connect(page, &Page::commands, this, [this](const QString &name) {
            if (auto *const action = findChild<QAction *>(name))
                action->trigger();
        });
        QAction *const action = m_pageActions->addAction(icon(kind.icon), kind.title);
        action->setCheckable(true);
        action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)));
        connect(action, &QAction::triggered, this, [this, i] { switchTo(i); });
        bar->addAction(action);
    }
    auto *const space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    for (QDockWidget *const dock : m_docks)
        bar->addAction(dock->toggleViewAction());
    bar->addSeparator();
    QAction *const search = bar->addAction(icon(Icon::Search), tr("Search…"));
    search->setObjectName(QStringLiteral("search"));
    search->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_K));
    search->setToolTip(tr("Finds any command, page or agent (Ctrl+K)"));
    connect(search, &QAction::triggered, this, [this] { openCommandSearch(this, m_workspace); });
    QAction *const full = bar->addAction(icon(Icon::FullScreen), tr("Full screen"));
    full->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    connect(full, &QAction::triggered, this, &MainWindow::toggleFullScreen);
    bar->widgetForAction(full)->setObjectName(QStringLiteral("fullScreen"));
}

void MainWindow::addPanels()
{
    for (const PanelKind &kind : panelKinds()) {
        auto *const dock = new QDockWidget(kind.title, this);
        dock->setObjectName(kind.id);
        m_panels << kind.make(m_workspace);
        dock->setWidget(m_panels.last());
        addDockWidget(kind.area, dock);
        QAction *const toggle = dock->toggleViewAction();
        toggle->setShortcut(QKeySequence(static_cast<Qt::Key>(Qt::Key_F8 + m_docks.size())));
        connect(toggle, &QAction::triggered, this, [this, dock](bool shown) {
            m_folded.removeOne(dock);
            m_wanted.removeOne(dock);
            if (shown)
                m_wanted << dock;
        });
        m_docks << dock;
    }
}

/// Folds the panels at the right away while the page needs their width, and brings them back.
void MainWindow::giveRoom()
{
    if (!currentPage()->wantsRoom() || width() >= Narrow)
        return unfold();
    for (QDockWidget *const dock : m_docks) {
        if (dockWidgetArea(dock) != Qt::RightDockWidgetArea || dock->isHidden() || dock->isFloating()
            || m_wanted.contains(dock))
            continue;
        dock->hide();
        m_folded << dock;
    }
}

void MainWindow::unfold()
{
    for (QDockWidget *const dock : std::exchange(m_folded, {}))
        dock->show();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    giveRoom();
}

void MainWindow::addMenus()
{
    QMenu *const file = menuBar()->addMenu(tr("&File"));
    addViewMenu();
    m_pageMenu = menuBar()->addMenu(tr("&Page"));
    QMenu *const agent = menuBar()->addMenu(tr("&Agent"));
    for (Panel *const panel : m_panels)
        agent->addActions(panel->panelActions());
    QAction *const report = file->addAction(tr("&Report…"), this, [this] { (new ReportDialog(m_workspace, this))->show(); });
    report->setObjectName(QStringLiteral("report"));
    QAction *const quit = file->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence::Quit);
    QMenu *const help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&About facetrack"), this, [this] { showAbout(this, m_workspace); });
}

void MainWindow::addViewMenu()
{
    QMenu *const view = menuBar()->addMenu(tr("&View"));
    view->addActions(m_pageActions->actions());
    view->addSeparator();
    QAction *const now = view->addAction(tr("Present"), this, &MainWindow::present);
    now->setObjectName(QStringLiteral("present"));
    now->setShortcut(QKeySequence(Qt::Key_F11));
    QAction *const choose = view->addAction(tr("Present…"), this, [this] {
        auto *const dialog = new PresentDialog(m_workspace.settings, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this, &MainWindow::present);
        dialog->show();
    });
    choose->setObjectName(QStringLiteral("presentChoose"));
    view->addSeparator();
    for (QDockWidget *const dock : m_docks)
        view->addAction(dock->toggleViewAction());
}

void MainWindow::present()
{
    if (m_presentation)
        return m_presentation->activateWindow();
    const PresentWish wish = presentWish(m_workspace.settings);
    QScreen *const display = screenOf(wish.screen);
    m_presentation = new Presentation(m_workspace);
    m_presentation->setPace(wish.each);
    // Where there is one display only, nobody sees this window: its pictures need not come.
    const bool covered = display == screen();
    connect(m_presentation, &Presentation::ended, this, [this] { show(); });
    m_presentation->showOn(display);
    if (covered)
        hide();
}

void MainWindow::addStatusLine()
{
    m_status->setObjectName(QStringLiteral("statusLine"));
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse);
    statusBar()->addWidget(m_status, 1);
    connect(&m_tick, &QTimer::timeout, this, &MainWindow::updateStatusLine);
    m_tick.start(1'000);
    updateStatusLine();
}

void MainWindow::updateStatusLine()
{
    int online = 0;
    std::int64_t faces = 0, waiting = 0;
    double rate = 0;
    const auto sessions = m_workspace.agents.sessions();
    for (const AgentSession *session : sessions) {
        if (!session->isOnline() || !session->hasReport())
            continue;
        ++online;
        faces += session->report().facesNow;
        if (!session->report().uploadState.empty())
            waiting += session->report().undelivered;
        const auto &all = session->report().all;
        if (const auto upload = all.find("upload"); upload != all.end() && upload->is_object())
            rate += upload->value("rate", 0.0);
    }
    const QLocale locale;
    m_status->setToolTip(momentWords(QDateTime::currentDateTime()));
    m_status->setText(tr("%1 of %2 agents · %3 faces now · %4 rows/s delivered · backlog %5 · %6")
                          .arg(online)
                          .arg(sessions.size())
                          .arg(faces)
                          .arg(locale.toString(rate, 'f', 0), locale.toString(waiting),
                               locale.toString(QTime::currentTime(), QStringLiteral("HH:mm:ss"))));
}

bool MainWindow::showPage(const QString &id)
{
    for (int i = 0; i < m_kinds.size(); ++i) {
        if (m_kinds[i].id == id) {
            switchTo(i);
            return true;
        }
    }
    return false;
}

Page *MainWindow::currentPage() const
{
    return static_cast<Page *>(m_stack->currentWidget());
}

void MainWindow::switchTo(int index)
{
    Page *const before = currentPage();
    m_stack->setCurrentIndex(index);
    m_pageActions->actions().at(index)->setChecked(true);
    if (before != currentPage())
        before->left();
    giveRoom();
    currentPage()->entered();
    m_pageMenu->clear();
    m_pageMenu->addActions(currentPage()->pageActions());
    m_pageMenu->setEnabled(!m_pageMenu->isEmpty());
}

void MainWindow::toggleFullScreen()
{
    setWindowState(windowState() ^ Qt::WindowFullScreen);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    unfold(); // the next start has them as the user has left them
    m_workspace.settings.set(QStringLiteral("window/geometry"), saveGeometry());
    m_workspace.settings.set(QStringLiteral("window/state"), saveState());
    m_workspace.settings.set(QStringLiteral("window/page"), m_kinds[m_stack->currentIndex()].id);
    event->accept();
}

} // namespace facetrack::console

#pragma once
#include "console/shell/page.h"
#include "console/shell/panel.h"

#include <QDockWidget>
#include <QLabel>
#include <QMainWindow>
#include <QPointer>
#include <QStackedWidget>
#include <QTimer>

namespace facetrack::console {

class Presentation;

/// Wires pages, panels, menus and the status line together; does nothing of its own.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Workspace &workspace);
    ~MainWindow() override;

    /// Shows a page, by id; false: there is none of that id.
    bool showPage(const QString &id);
    Page *currentPage() const;
    /// Full screen for who walks by, on the display and at the pace that were chosen last.
    void present();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void addPages();
    void addPanels();
    void addMenus();
    void addStatusLine();
    void updateStatusLine();
    void switchTo(int index);
    void giveRoom();
    void unfold();
    void toggleFullScreen();
    void addViewMenu();

    Workspace &m_workspace;
    QList<PageKind> m_kinds;
    QStackedWidget *m_stack;
    QActionGroup *m_pageActions;
    QList<Panel *> m_panels;
    QList<QDockWidget *> m_docks;
    QList<QDockWidget *> m_folded; ///< away for the page's sake, not by the user's wish
    QList<QDockWidget *> m_wanted; ///< that the user has opened on such a page
    QMenu *m_pageMenu = nullptr;
    QLabel *m_status;
    QTimer m_tick;
    QPointer<Presentation> m_presentation;
};

} // namespace facetrack::console

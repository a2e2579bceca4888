#pragma once
#include "console/shell/page.h"
#include "console/shell/panel.h"

#include <QLabel>
#include <QMainWindow>
#include <QStackedWidget>
#include <QTimer>

namespace facetrack::console {

/// Wires pages, panels, menus and the status line together; does nothing of its own.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Workspace &workspace);

    /// Shows a page, by id; false: there is none of that id.
    bool showPage(const QString &id);
    Page *currentPage() const;

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void addPages();
    void addPanels();
    void addMenus();
    void addStatusLine();
    void updateStatusLine();
    void switchTo(int index);
    void toggleFullScreen();

    Workspace &m_workspace;
    QList<PageKind> m_kinds;
    QStackedWidget *m_stack;
    QActionGroup *m_pageActions;
    QList<Panel *> m_panels;
    QMenu *m_pageMenu = nullptr;
    QLabel *m_status;
    QTimer m_tick;
};

} // namespace facetrack::console

#pragma once
#include "console/shell/icons.h"
#include "console/shell/workspace.h"

#include <QAction>
#include <QWidget>

namespace facetrack::console {

/// One of the console's pages. The main window only shows it and puts its actions into the menus
/// and the command search. To add one: a file with the class, and a line in pages.cpp.
class Page : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    /// It is seen from now on; until then, and after left(), it asks agents for nothing.
    virtual void entered() {}
    virtual void left() {}
    /// Its content is worth more than the panels at the right, where the window is too narrow for both.
    virtual bool wantsRoom() const { return true; }
    /// What one can do on it, for the menu "Page" and the command search; owned by the page.
    virtual QList<QAction *> pageActions() { return {}; }

Q_SIGNALS:
    /// Shows another page, by id.
    void wants(const QString &pageId);
    /// Does what a command of that name does, such as addAgentAction.
    void commands(const QString &action);
};

/// A page that there is.
struct PageKind
{
    QString id; ///< "wall", for settings and `wants`
    QString title;
    Icon icon;
    Page *(*make)(Workspace &);
};

/// In the order of the tool bar; titles in the language of the program.
QList<PageKind> pageKinds();

} // namespace facetrack::console

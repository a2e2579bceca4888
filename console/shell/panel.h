#pragma once
#include "console/shell/workspace.h"

#include <QAction>
#include <QWidget>

namespace facetrack::console {

/// What stands in a dock at the side, beside every page.
class Panel : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    virtual QList<QAction *> panelActions() { return {}; }
};

/// A panel that there is. To add one: a file with the class, and a line in panels.cpp.
struct PanelKind
{
    QString id; ///< of the dock, for the window's state
    QString title;
    Qt::DockWidgetArea area;
    Panel *(*make)(Workspace &);
};

QList<PanelKind> panelKinds();

} // namespace facetrack::console

#pragma once
#include "console/shell/workspace.h"
#include "libfacetrack/client/tuning_copy.h"

#include <QDialog>
#include <QPushButton>
#include <QTreeWidget>

namespace facetrack::console {

/// Brings one agent's tuning to others, and says of each what it took, what it had already, and
/// what it refused and why.
class CopyDialog : public QDialog
{
    Q_OBJECT

public:
    CopyDialog(Workspace &workspace, AgentSession &from, QWidget *parent);

private:
    void copy();
    void copyTo(QTreeWidgetItem *item, AgentSession *to);
    void send(QTreeWidgetItem *item, AgentSession *to, TuningCopy copy);
    void tell(QTreeWidgetItem *item, const TuningCopy &copy);

    Workspace &m_workspace;
    const nlohmann::json m_values;
    QTreeWidget *const m_list;
    QPushButton *m_go;
};

} // namespace facetrack::console

#include "console/tune/copy_dialog.h"

#include "console/shell/copying.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

namespace facetrack::console {

CopyDialog::CopyDialog(Workspace &workspace, AgentSession &from, QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_values(from.tuning().values), m_list(new QTreeWidget)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("copyDialog"));
    setWindowTitle(tr("Copy the tuning of %1").arg(from.name()));
    m_list->setObjectName(QStringLiteral("copyTargets"));
    m_list->setAccessibleName(tr("Agents to copy to"));
    m_list->setHeaderLabels({tr("Agent"), tr("What it took")});
    m_list->setColumnWidth(0, 200);
    letLinesBeCopied(m_list);
    for (AgentSession *const session : workspace.agents.sessions()) {
        if (session == &from)
            continue;
        auto *const item = new QTreeWidgetItem(m_list, {session->name(), session->isOnline() ? QString() : session->stateText()});
        item->setData(0, Qt::UserRole, QVariant::fromValue(QPointer<AgentSession>(session)));
        item->setCheckState(0, session->isOnline() ? Qt::Checked : Qt::Unchecked);
        item->setDisabled(!session->isOnline());
    }
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_go = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    m_go->setObjectName(QStringLiteral("copyNow"));
    m_go->setEnabled(m_list->topLevelItemCount() > 0);
    m_go->setDefault(true); // it can be taken back
    connect(m_go, &QPushButton::clicked, this, &CopyDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *const layout = new QVBoxLayout(this);
    layout->addWidget(new QLabel(m_list->topLevelItemCount() > 0
                                     ? tr("Each agent can take it back with its own Undo.")
                                     : tr("There is no other agent.")));
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    resize(620, 340);
}

void CopyDialog::copy()
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *const item = m_list->topLevelItem(i);
        const auto to = item->data(0, Qt::UserRole).value<QPointer<AgentSession>>();
        if (to && item->checkState(0) == Qt::Checked)
            copyTo(item, to);
    }
}

void CopyDialog::copyTo(QTreeWidgetItem *item, AgentSession *to)
{
    qDeleteAll(item->takeChildren());
    item->setText(1, tr("sending …"));
    send(item, to, planTuningCopy(m_values, to->schema(), to->tuning().values));
}

/// What is refused is left out, and the rest sent again.
void CopyDialog::send(QTreeWidgetItem *item, AgentSession *to, TuningCopy copy)
{
    if (copy.patch.empty())
        return tell(item, copy);
    to->call<AgentTuning>(
        this,
        [patch = copy.patch](AgentClient &client, QObject *there, auto done) {
            client.patchTuning(patch, there, done);
        },
        [this, item, to = QPointer<AgentSession>(to), copy](const AgentResult<AgentTuning> &answer) {
            if (answer)
                return tell(item, copy);
            TuningCopy less = copy;
            if (to && answer.error().trouble == AgentTrouble::Invalid && leaveOut(less, answer.error().problems))
                return send(item, to, less);
            item->setText(1, QString::fromStdString(describe(answer.error())));
        });
}

void CopyDialog::tell(QTreeWidgetItem *item, const TuningCopy &copy)
{
    item->setText(1, tr("%1 copied, %2 the same already, %3 refused")
                         .arg(copy.patch.size())
                         .arg(copy.same.size())
                         .arg(copy.refused.size()));
    for (const Problem &problem : copy.refused)
        new QTreeWidgetItem(item, {QString::fromStdString(problem.key),
                                   QString::fromStdString(problem.message + " " + problem.limits)});
    item->setExpanded(true);
}

} // namespace facetrack::console

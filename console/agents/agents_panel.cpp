#include "console/agents/agents_panel.h"

#include "console/agents/agent_delegate.h"
#include "console/agents/trust_dialogs.h"
#include "console/shell/icons.h"
#include "libfacetrack/client/agent_access.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace facetrack::console {

AgentsPanel::AgentsPanel(Workspace &workspace)
    : m_workspace(workspace), m_list(new QListView), m_notice(new QLabel)
{
    m_list->setObjectName(QStringLiteral("agentList"));
    m_list->setAccessibleName(tr("Agents"));
    m_list->setModel(&workspace.agents);
    m_list->setItemDelegate(new AgentDelegate(this));
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->setMinimumWidth(200);
    m_notice->setObjectName(QStringLiteral("agentNotice"));
    m_notice->setWordWrap(true);
    m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notice->hide();
    auto *const add = new QPushButton(icon(Icon::Add), tr("Add by address…"));
    add->setObjectName(QStringLiteral("addAgent"));
    connect(add, &QPushButton::clicked, this, &AgentsPanel::addAgent);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_notice);
    layout->addWidget(add);
    addActions();
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &AgentsPanel::showChosen);
    connect(&workspace.current, &CurrentAgent::changed, this, [this](AgentSession *session) {
        if (const int row = m_workspace.agents.rowOf(session); row >= 0)
            m_list->setCurrentIndex(m_workspace.agents.index(row));
    });
    connect(&workspace.agents, &AgentListModel::sessionAdded, this, [this](AgentSession *session) {
        connect(session, &AgentSession::failed, this, &AgentsPanel::tell);
        if (!m_workspace.current.session())
            m_workspace.current.set(session);
    });
}

void AgentsPanel::addActions()
{
    addAction(tr("Add agent by address…"), "addAgentAction", Qt::CTRL | Qt::Key_N, &AgentsPanel::addAgent);
    addAction(tr("Pair…"), "pair", Qt::CTRL | Qt::Key_P, &AgentsPanel::pair);
    addAction(tr("Identify"), "identify", Qt::CTRL | Qt::Key_I, &AgentsPanel::identify);
    addAction(tr("Rename…"), "rename", Qt::Key_F2, &AgentsPanel::rename);
    addAction(tr("Try again now"), "retry", Qt::CTRL | Qt::Key_T, &AgentsPanel::retry);
    addAction(tr("Open the camera anew"), "restartSource", Qt::CTRL | Qt::SHIFT | Qt::Key_T, &AgentsPanel::restartSource);
    addAction(tr("Copy figures"), "copyFigures", Qt::CTRL | Qt::SHIFT | Qt::Key_C, &AgentsPanel::copyFigures);
    addAction(tr("Forget…"), "forget", Qt::CTRL | Qt::Key_Delete, &AgentsPanel::forget);
}

void AgentsPanel::addAction(const QString &text, const char *name, const QKeySequence &key, void (AgentsPanel::*does)())
{
    auto *const action = new QAction(text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, does);
    m_list->addAction(action);
    m_actions << action;
}

AgentSession *AgentsPanel::chosen() const
{
    return m_workspace.current.session();
}

void AgentsPanel::showChosen()
{
    const QModelIndex index = m_list->currentIndex();
    if (index.isValid())
        m_workspace.current.set(m_workspace.agents.session(index.row()));
}

void AgentsPanel::tell(const Error &error)
{
    m_notice->setText(QString::fromStdString(describe(error)));
    m_notice->show();
}

void AgentsPanel::addAgent()
{
    bool typed = false;
    const QString text = QInputDialog::getText(this, tr("Add an agent"),
                                               tr("Its address, such as 192.168.1.7 or cam-1:7420"),
                                               QLineEdit::Normal, {}, &typed);
    if (!typed)
        return;
    const auto url = agentUrl(text.trimmed().toStdString());
    if (!url)
        return tell(url.error());
    const QString address = QString::fromStdString(*url);
    QStringList addresses = m_workspace.settings.addresses();
    if (!addresses.contains(address))
        m_workspace.settings.setAddresses(addresses << address);
    m_notice->hide();
    m_workspace.current.set(m_workspace.agents.addAddress(address));
}

void AgentsPanel::pair()
{
    if (AgentSession *const session = chosen())
        askForTrust(this, *session, m_workspace.secrets);
}

void AgentsPanel::identify()
{
    AgentSession *const session = chosen();
    if (!session)
        return;
    session->call<Identified>(
        this, [](AgentClient &client, QObject *there, auto done) { client.identify(there, done); },
        [this](const AgentResult<Identified> &result) {
            if (!result)
                return tell(result.error());
            const QString light = QString::fromStdString(result->light);
            m_notice->setText(light.isEmpty()
                                  ? tr("Its picture shows the name for %n second(s).", nullptr, result->seconds)
                                  : tr("Its picture and its light %1 blink.").arg(light));
            m_notice->show();
        });
}

void AgentsPanel::rename()
{
    AgentSession *const session = chosen();
    if (!session)
        return;
    bool typed = false;
    const QString name = QInputDialog::getText(this, tr("Rename"), tr("Name of this agent"),
                                               QLineEdit::Normal, session->name(), &typed);
    if (!typed || name.trimmed().isEmpty())
        return;
    session->call<AgentInfo>(
        this,
        [name = name.trimmed().toStdString()](AgentClient &client, QObject *there, auto done) {
            client.setAgent({{"name", name}}, there, done);
        },
        [this](const AgentResult<AgentInfo> &result) {
            if (!result)
                tell(result.error());
        });
}

void AgentsPanel::retry()
{
    if (AgentSession *const session = chosen())
        session->retryNow();
}

void AgentsPanel::restartSource()
{
    AgentSession *const session = chosen();
    if (!session)
        return;
    session->call<AgentClient::Nothing>(
        this, [](AgentClient &client, QObject *there, auto done) { client.restartSource(there, done); },
        [this](const AgentResult<AgentClient::Nothing> &result) {
            if (!result)
                tell(result.error());
        });
}

void AgentsPanel::copyFigures()
{
    const int row = m_workspace.agents.rowOf(chosen());
    if (row < 0)
        return;
    const QModelIndex index = m_workspace.agents.index(row);
    QStringList parts;
    for (const int role : {int(Qt::DisplayRole), int(AgentListModel::AddressRole), int(AgentListModel::StateRole),
                           int(AgentListModel::WarningRole)})
        parts << index.data(role).toString();
    QGuiApplication::clipboard()->setText(parts.join(QLatin1Char('\t')));
}

void AgentsPanel::forget()
{
    AgentSession *const session = chosen();
    if (!session)
        return;
    const auto answer = QMessageBox::question(
        this, tr("Forget %1").arg(session->name()),
        tr("Forget %1? Its token and its certificate are lost here; to see it again you have to pair "
           "with it anew.").arg(session->name()));
    if (answer != QMessageBox::Yes)
        return;
    QStringList addresses = m_workspace.settings.addresses();
    addresses.removeAll(session->address());
    m_workspace.settings.setAddresses(addresses);
    m_workspace.agents.forget(session);
}

} // namespace facetrack::console

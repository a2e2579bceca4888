#include "console/core/agent_list_model.h"

#include "console/core/agent_colours.h"
#include "console/core/moment.h"
#include "console/core/secret_store.h"

#include <algorithm>

namespace facetrack::console {

namespace {

QString backlogText(const AgentReport &report)
{
    return report.undelivered > 0 && !report.uploadState.empty()
               ? AgentListModel::tr("%n row(s) wait", nullptr, static_cast<int>(report.undelivered))
               : QString();
}

/// What stands under the name.
QString summary(const AgentSession &session)
{
    if (!session.isOnline() || !session.hasReport())
        return session.stateText();
    const AgentReport &report = session.report();
    QStringList parts{AgentListModel::tr("%1 fps").arg(QLocale().toString(report.fps, 'f', 1)),
                      AgentListModel::tr("%1 now").arg(report.facesNow)};
    if (const QString backlog = backlogText(report); !backlog.isEmpty())
        parts << backlog;
    if (report.temperature)
        parts << AgentListModel::tr("%1 °C").arg(QLocale().toString(*report.temperature, 'f', 0));
    return parts.join(QStringLiteral(" · "));
}

QString warningOf(const AgentSession &session)
{
    if (!session.isOnline())
        return session.failure().message.empty() ? QString()
                                                 : QString::fromStdString(describe(session.failure()));
    return session.hasReport() ? QString::fromStdString(session.report().warning) : QString();
}

} // namespace

AgentListModel::AgentListModel(SessionSurroundings surroundings, QObject *parent)
    : QAbstractListModel(parent), m_surroundings(std::move(surroundings))
{}

int AgentListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant AgentListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    AgentSession *const session = this->session(index.row());
    const bool live = session->isOnline() && session->hasReport();
    switch (role) {
    case Qt::DisplayRole: return session->name();
    case Qt::ToolTipRole: return tr("%1\n%2 (since %3)").arg(session->address(), session->stateText(), momentWords(session->since()));
    case Qt::AccessibleTextRole: return session->name() + QStringLiteral(", ") + summary(*session);
    case SessionRole: return QVariant::fromValue(session);
    case IdRole: return session->id();
    case ContactRole: return static_cast<int>(session->contact());
    case StateRole: return summary(*session);
    case FpsRole: return live ? QVariant(session->report().fps) : QVariant();
    case FacesRole: return live ? QVariant::fromValue(session->report().facesNow) : QVariant();
    case BacklogRole: return QVariant::fromValue(session->report().undelivered);
    case TemperatureRole:
        return live && session->report().temperature ? QVariant(*session->report().temperature)
                                                     : QVariant();
    case WarningRole: return warningOf(*session);
    case ColourRole: return colour(session);
    case AddressRole: return session->address();
    default: return {};
    }
}

QHash<int, QByteArray> AgentListModel::roleNames() const
{
    auto names = QAbstractListModel::roleNames();
    names.insert({{IdRole, "id"}, {StateRole, "state"}, {WarningRole, "warning"}});
    return names;
}

AgentSession *AgentListModel::session(int row) const
{
    return m_entries.at(static_cast<std::size_t>(row)).session;
}

AgentSession *AgentListModel::find(const QString &id) const
{
    for (const Entry &entry : m_entries)
        if (entry.session->id() == id || entry.session->address() == id)
            return entry.session;
    return nullptr;
}

int AgentListModel::rowOf(const AgentSession *session) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry &entry) { return entry.session == session; });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

QColor AgentListModel::colour(const AgentSession *session) const
{
    const int row = rowOf(session);
    return row < 0 ? QColor() : agentColour(m_entries[static_cast<std::size_t>(row)].number);
}

std::vector<AgentSession *> AgentListModel::sessions() const
{
    std::vector<AgentSession *> all;
    for (const Entry &entry : m_entries)
        all.push_back(entry.session);
    return all;
}

AgentSession *AgentListModel::add(KnownAgent agent)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    auto *const session = new AgentSession(std::move(agent), m_surroundings, this);
    m_entries.push_back({session, m_next++});
    endInsertRows();
    watch(session);
    Q_EMIT sessionAdded(session);
    return session;
}

void AgentListModel::watch(AgentSession *session)
{
    connect(session, &AgentSession::contactChanged, this, [this, session] { changed(session); });
    connect(session, &AgentSession::reportChanged, this, [this, session] { changed(session); });
    connect(session, &AgentSession::infoChanged, this, [this, session] {
        changed(session);
        mergeTwins(session);
    });
}

void AgentListModel::changed(AgentSession *session)
{
    const QModelIndex index = this->index(rowOf(session));
    if (index.isValid())
        Q_EMIT dataChanged(index, index);
}

/// One agent may have been added by two addresses, which shows when it has told its id.
void AgentListModel::mergeTwins(AgentSession *session)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        AgentSession *const other = this->session(row);
        if (other != session && !session->id().isEmpty() && other->id() == session->id())
            return remove(std::max(row, rowOf(session)));
    }
}

void AgentListModel::remove(int row)
{
    AgentSession *const gone = session(row);
    beginRemoveRows({}, row, row);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
    Q_EMIT sessionRemoved(gone);
    gone->deleteLater(); // it may be what is calling
}

AgentSession *AgentListModel::addAddress(const QString &address)
{
    if (AgentSession *const there = find(address))
        return there;
    return add({{}, {}, address.toStdString(), {}, {}});
}

void AgentListModel::addKnown(const KnownAgent &agent)
{
    if (!find(QString::fromStdString(agent.id)) && !find(QString::fromStdString(agent.address)))
        add(agent);
}

void AgentListModel::addFound(const std::vector<FoundAgent> &found)
{
    for (const FoundAgent &agent : found) {
        const QString address = QString::fromStdString(agent.address);
        if (agent.address.empty())
            continue;
        AgentSession *const there = find(agent.id.empty() ? address : QString::fromStdString(agent.id));
        if (!there && !find(address))
            add({agent.id, agent.name, agent.address, {}, {}});
        else if (there && !there->isOnline() && agent.answers == true)
            there->moveTo(address);
    }
}

void AgentListModel::forget(AgentSession *session)
{
    const int row = rowOf(session);
    if (row < 0)
        return;
    const std::string id = session->id().toStdString();
    m_surroundings.secrets.write(tokenKey(session->id()), {}, this, [](const QString &) {});
    m_surroundings.network.post([file = m_surroundings.knownAgents, id] {
        (void)KnownAgents::change(file, [&](KnownAgents &known) -> Result<void> {
            (void)known.forget(id); // it may never have been remembered
            return {};
        });
    });
    remove(row);
}

} // namespace facetrack::console

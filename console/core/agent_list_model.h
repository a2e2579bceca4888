#pragma once
#include "console/core/agent_session.h"
#include "libfacetrack/discovery/agent_browser.h"

#include <QAbstractListModel>
#include <QColor>
#include <functional>
#include <vector>

namespace facetrack::console {

/// The agents of the console, one session each, in the order in which they were met; they stay
/// listed when they are gone. Thread-bound (GUI).
class AgentListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        SessionRole = Qt::UserRole, ///< AgentSession *
        IdRole,
        ContactRole, ///< int of Contact
        StateRole,   ///< in words
        FpsRole,     ///< double; invalid: not known
        FacesRole,   ///< now
        BacklogRole, ///< rows
        TemperatureRole, ///< °C; invalid: not known
        WarningRole, ///< in words; empty: all is well
        ColourRole,
        AddressRole,
    };

    explicit AgentListModel(SessionSurroundings surroundings, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    AgentSession *session(int row) const;
    AgentSession *find(const QString &id) const; ///< by id or address; null: none
    int rowOf(const AgentSession *session) const; ///< -1: none
    QColor colour(const AgentSession *session) const;
    std::vector<AgentSession *> sessions() const;
    const SessionSurroundings &surroundings() const { return m_surroundings; }

    /// Adds it, or gives what is there already. `address` as agentUrl() makes it.
    AgentSession *addAddress(const QString &address);
    /// What was met before, from the file of known agents.
    void addKnown(const KnownAgent &agent);
    /// What an AgentBrowser found.
    void addFound(const std::vector<FoundAgent> &found);
    /// Takes it off the list, and forgets its certificate and token.
    void forget(AgentSession *session);

Q_SIGNALS:
    void sessionAdded(facetrack::console::AgentSession *session);
    void sessionRemoved(facetrack::console::AgentSession *session);

private:
    AgentSession *add(KnownAgent agent);
    void watch(AgentSession *session);
    void changed(AgentSession *session);
    void mergeTwins(AgentSession *session);
    void remove(int row);

    struct Entry
    {
        AgentSession *session;
        int number; ///< for the colour, which it keeps
    };
    const SessionSurroundings m_surroundings;
    std::vector<Entry> m_entries;
    int m_next = 0;
};

} // namespace facetrack::console

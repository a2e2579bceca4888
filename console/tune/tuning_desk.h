#pragma once
#include "console/core/agent_session.h"

#include <QMap>
#include <QObject>
#include <QPointer>
#include <nlohmann/json.hpp>

namespace facetrack::console {

/// Where a value stands on its way to the camera's frames.
enum class ValueState { Asked, Accepted, InEffect };

/// Sends one agent what a person sets, one request at a time: of a slider that is dragged the agent
/// gets the newest value each time it has answered, and the last one for certain. Thread-bound (GUI).
class TuningDesk : public QObject
{
    Q_OBJECT

public:
    explicit TuningDesk(AgentSession *session, QObject *parent = nullptr);

    AgentSession *session() const { return m_session; }
    void set(const std::string &key, const nlohmann::json &value);
    /// A whole patch, by whole keys.
    void setAll(const nlohmann::json &values);
    ValueState state(const std::string &key) const;
    bool isAsked(const std::string &key) const; ///< the agent has not answered yet
    bool isShown(const std::string &key) const; ///< the session has what was set here last
    bool canRedo() const { return !m_redo.isEmpty(); }

public Q_SLOTS:
    void undo();
    void redo();

Q_SIGNALS:
    /// States or values may be others now.
    void changed();
    /// Nothing was changed for this key; the words say why and what is accepted.
    void refused(const QString &key, const QString &why);
    /// No answer, or a refusal of all.
    void failed(const QString &why);

private:
    void send();
    void answered(const AgentResult<AgentTuning> &answer);
    void tellRefused(const Problem &problem, const nlohmann::json &sent);
    void takeBack(const std::vector<AgentTuningStep> &steps);

    const QPointer<AgentSession> m_session;
    nlohmann::json m_wanted = nlohmann::json::object(); ///< to be sent next
    nlohmann::json m_sent = nlohmann::json::object();   ///< on its way
    QMap<QString, std::uint32_t> m_accepted;            ///< by key, the revision that brought it
    QList<nlohmann::json> m_redo; ///< what was undone here, the last one last
    bool m_again = false;         ///< what is to be sent next is a redo
};

} // namespace facetrack::console

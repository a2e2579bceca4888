#pragma once
#include "console/core/agent_session.h"

#include <QList>
#include <QPointer>
#include <QTimer>
#include <nlohmann/json.hpp>

namespace facetrack::console {

/// One set of settings to be tried: its name, and what differs from the tuning in force.
struct TrialSet
{
    QString name;
    nlohmann::json tuning = nlohmann::json::object(); ///< by whole key
};

/// Freezes an agent's last seconds and has sets tried on them; the clip is forgotten with this.
/// Thread-bound (GUI).
class ClipTrial : public QObject
{
    Q_OBJECT

public:
    explicit ClipTrial(AgentSession *session, QObject *parent = nullptr);
    ~ClipTrial() override;

    void freeze(int seconds);
    void run(const QList<TrialSet> &sets);
    void fetchFrame(int number, std::function<void(const QByteArray &jpeg)> done);
    bool isFrozen() const { return m_frozen; }

Q_SIGNALS:
    void frozen(const QString &what); ///< in words
    void progressed(int done, int of);
    /// As GET /api/v1/clip has them.
    void finished(const nlohmann::json &sets);
    void failed(const QString &why);

private:
    void send(const std::string &method, const std::string &path, const nlohmann::json &body,
              std::function<void(const nlohmann::json &)> done);
    void look();
    void took(const nlohmann::json &answer);

    const QPointer<AgentSession> m_session;
    QTimer m_poll;
    bool m_frozen = false;
};

} // namespace facetrack::console

#pragma once
#include "console/core/agent_session.h"
#include "console/count/kept_counts.h"

#include <QElapsedTimer>
#include <QTimer>

namespace facetrack::console {

/// A count by hand that is under way. It goes on when the agent is gone: the person still sees the
/// booth. Thread-bound (GUI).
class HandCount : public QObject
{
    Q_OBJECT

public:
    HandCount();

    /// `agentNow`: what the agent's clock shows in the picture that the person sees, ms since 1970.
    void start(const AgentSession *session, std::chrono::milliseconds length, qint64 agentNow);
    /// Ends it and tells what was counted.
    KeptCount stop();
    bool isRunning() const { return m_tick.isActive(); }
    int count() const { return m_count.count; }
    QString agentName() const { return m_count.name; }
    std::chrono::milliseconds left() const;

    void add();
    void takeBack(); ///< not below nobody

Q_SIGNALS:
    void changed(); ///< count or time
    void timeIsUp(); ///< stop() it

private:
    void account();
    void tick();

    KeptCount m_count;
    QPointer<const AgentSession> m_session;
    std::chrono::milliseconds m_length{0};
    std::chrono::milliseconds m_away{0}, m_lastTick{0};
    QElapsedTimer m_since;
    QTimer m_tick;
};

} // namespace facetrack::console

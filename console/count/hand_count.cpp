#include "console/count/hand_count.h"

#include <algorithm>

namespace facetrack::console {

using std::chrono::milliseconds;

HandCount::HandCount()
{
    m_tick.setInterval(milliseconds(100));
    connect(&m_tick, &QTimer::timeout, this, &HandCount::tick);
}

void HandCount::start(const AgentSession *session, milliseconds length, qint64 agentNow)
{
    m_count = {session->id(), session->name(), agentNow, agentNow, 0, 0, {}};
    m_session = session;
    m_length = length;
    m_away = m_lastTick = milliseconds(0);
    m_since.start();
    m_tick.start();
    Q_EMIT changed();
}

KeptCount HandCount::stop()
{
    account();
    m_tick.stop();
    const milliseconds lasted = std::min(m_length, milliseconds(m_since.elapsed()));
    m_count.to = m_count.from + lasted.count();
    m_count.awaySeconds = static_cast<int>((m_away.count() + 999) / 1000);
    return m_count;
}

milliseconds HandCount::left() const
{
    return isRunning() ? std::max(milliseconds(0), m_length - milliseconds(m_since.elapsed())) : milliseconds(0);
}

void HandCount::add()
{
    if (!isRunning())
        return;
    ++m_count.count;
    Q_EMIT changed();
}

void HandCount::takeBack()
{
    if (!isRunning() || m_count.count == 0)
        return;
    --m_count.count;
    Q_EMIT changed();
}

void HandCount::account()
{
    const milliseconds now(m_since.elapsed());
    if (!m_session || !m_session->isOnline())
        m_away += now - m_lastTick;
    m_lastTick = now;
}

void HandCount::tick()
{
    account();
    if (m_lastTick >= m_length)
        Q_EMIT timeIsUp();
    else
        Q_EMIT changed();
}

} // namespace facetrack::console

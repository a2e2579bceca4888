#include "libfacetrack/client/lasting_request.h"

#include <utility>

namespace facetrack {

namespace {
constexpr std::chrono::milliseconds firstPause{500}, longestPause{15'000};
} // namespace

LastingRequest::LastingRequest(AgentAccess access, AgentLimits limits,
                               std::chrono::milliseconds silence, Handlers handlers)
    : m_link(std::move(access)), m_limits{limits.connect, silence, std::chrono::hours(1)},
      m_handlers(std::move(handlers)), m_pauses(firstPause, longestPause)
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { attempt(); });
}

void LastingRequest::start()
{
    if (std::exchange(m_wanted, true))
        return;
    m_pauses.reset();
    m_timer.start(0);
}

void LastingRequest::stop()
{
    m_wanted = false;
    m_timer.stop();
    retire();
}

void LastingRequest::retryNow()
{
    if (m_wanted && !m_exchange)
        m_timer.start(0);
}

void LastingRequest::attempt()
{
    retire();
    m_heard = false;
    m_exchange = std::make_unique<net::Exchange>(m_link.tls(), m_limits, m_link.access().url);
    m_exchange->listen(
        m_link.network(), m_handlers.request(m_link), [this](const QByteArray &bytes) { take(bytes); },
        [this](net::ExchangeResult result) { ended(std::move(result)); });
}

void LastingRequest::take(const QByteArray &bytes)
{
    if (!m_wanted)
        return;
    if (!std::exchange(m_heard, true)) {
        m_pauses.reset();
        if (m_handlers.connected)
            m_handlers.connected();
    }
    if (m_wanted && !m_handlers.received(bytes) && m_exchange)
        m_exchange->giveUp("sends what cannot be understood");
}

void LastingRequest::ended(net::ExchangeResult result)
{
    retire();
    if (!m_wanted)
        return;
    if (!result.trouble && result.status == 200)
        result.trouble = Error{ErrorCode::Unavailable, {}, "ended the connection", {}};
    const AgentFailure why = m_link.failure(result);
    if (why.trouble == AgentTrouble::Fingerprint || why.trouble == AgentTrouble::Token) {
        m_wanted = false;
        if (m_handlers.refused)
            m_handlers.refused(why);
        return;
    }
    const auto pause = m_pauses.next();
    m_timer.start(pause);
    if (m_handlers.lost)
        m_handlers.lost(why, pause);
}

/// An exchange may be calling us from inside itself: it can only go later.
void LastingRequest::retire()
{
    if (!m_exchange)
        return;
    m_exchange->quieten();
    m_exchange.release()->deleteLater();
}

} // namespace facetrack

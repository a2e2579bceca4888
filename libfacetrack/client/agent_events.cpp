#include "libfacetrack/client/agent_events.h"

#include "libfacetrack/base/back_off.h"
#include "libfacetrack/base/strict_json.h"
#include "libfacetrack/client/agent_link.h"
#include "libfacetrack/client/event_parser.h"

#include <QTimer>

namespace facetrack {

using net::Exchange;
using net::ExchangeResult;

namespace {
// Agents send a comment every 15 s: silence for longer means that nobody is there any more.
constexpr std::chrono::seconds silence{40};
constexpr std::chrono::milliseconds firstPause{500}, longestPause{15'000};
} // namespace

class AgentEvents::Impl
{
public:
    Impl(AgentAccess access, Handlers handlers, AgentLimits limits)
        : m_link(std::move(access)), m_handlers(std::move(handlers)), m_limits(limits),
          m_pauses(firstPause, longestPause),
          m_parser([this](EventParser::Event event) { received(event); })
    {
        m_timer.setSingleShot(true);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { connect(); });
    }

    void start()
    {
        if (m_wanted)
            return;
        m_wanted = true;
        m_pauses.reset();
        m_timer.start(0);
    }

    void stop()
    {
        m_wanted = false;
        m_timer.stop();
        retire();
    }

    void retryNow()
    {
        if (m_wanted && !m_exchange)
            m_timer.start(0);
    }

private:
    void connect()
    {
        retire();
        m_parser.reset();
        m_heard = false;
        QNetworkRequest request = m_link.request("/api/v1/events");
        request.setRawHeader("Accept", "text/event-stream");
        if (!m_parser.lastId().empty())
            request.setRawHeader("Last-Event-ID", QByteArray::fromStdString(m_parser.lastId()));
        m_exchange = std::make_unique<Exchange>(
            m_link.tls(), net::ExchangeLimits{m_limits.connect, silence, std::chrono::hours(1)},
            m_link.access().url);
        m_exchange->listen(
            m_link.network(), request, [this](const QByteArray &bytes) { take(bytes); },
            [this](ExchangeResult result) { ended(std::move(result)); });
    }

    void take(const QByteArray &bytes)
    {
        if (!m_wanted)
            return;
        if (!std::exchange(m_heard, true)) {
            m_pauses.reset();
            if (m_handlers.connected)
                m_handlers.connected();
        }
        const bool good
            = m_parser.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        if (!good && m_exchange)
            m_exchange->giveUp("sends what is no stream of events");
    }

    void received(const EventParser::Event &event)
    {
        auto data = parseStrictJson(event.data, 32);
        if (m_wanted && data && m_handlers.event)
            m_handlers.event({event.name, std::move(*data)});
    }

    void ended(ExchangeResult result)
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
    void retire()
    {
        if (!m_exchange)
            return;
        m_exchange->quieten();
        m_exchange.release()->deleteLater();
    }

    AgentLink m_link;
    const Handlers m_handlers;
    const AgentLimits m_limits;
    BackOff m_pauses;
    EventParser m_parser;
    QTimer m_timer;
    bool m_wanted = false;
    bool m_heard = false; // on this connection
    std::unique_ptr<Exchange> m_exchange; // last: it goes before the network
};

AgentEvents::AgentEvents(AgentAccess access, Handlers handlers, AgentLimits limits, QObject *parent)
    : QObject(parent),
      m_impl(std::make_unique<Impl>(std::move(access), std::move(handlers), limits))
{
}

AgentEvents::~AgentEvents() = default;

void AgentEvents::start() { m_impl->start(); }
void AgentEvents::stop() { m_impl->stop(); }
void AgentEvents::retryNow() { m_impl->retryNow(); }

} // namespace facetrack

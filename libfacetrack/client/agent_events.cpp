#include "libfacetrack/client/agent_events.h"

#include "libfacetrack/base/strict_json.h"
#include "libfacetrack/client/event_parser.h"
#include "libfacetrack/client/lasting_request.h"

namespace facetrack {

namespace {
// Agents send a comment every 15 s: silence for longer means that nobody is there any more.
constexpr std::chrono::seconds silence{40};
constexpr std::size_t deepest = 32;
} // namespace

class AgentEvents::Impl
{
public:
    Impl(AgentAccess access, Handlers handlers, AgentLimits limits)
        : m_event(std::move(handlers.event)),
          m_parser([this](const EventParser::Event &event) { received(event); }),
          m_request(std::move(access), limits, silence,
                    {[this](const AgentLink &link) { return request(link); },
                     [this](const QByteArray &bytes) {
                         return m_parser.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
                     },
                     std::move(handlers.connected), std::move(handlers.lost),
                     std::move(handlers.refused)})
    {
    }

    LastingRequest &lasting() { return m_request; }

private:
    QNetworkRequest request(const AgentLink &link)
    {
        m_parser.reset();
        QNetworkRequest request = link.request("/api/v1/events");
        request.setRawHeader("Accept", "text/event-stream");
        if (!m_parser.lastId().empty())
            request.setRawHeader("Last-Event-ID", QByteArray::fromStdString(m_parser.lastId()));
        return request;
    }

    void received(const EventParser::Event &event)
    {
        auto data = parseStrictJson(event.data, deepest);
        if (m_request.isWanted() && data && m_event)
            m_event({event.name, std::move(*data)});
    }

    const std::function<void(const AgentEvent &)> m_event;
    EventParser m_parser;
    LastingRequest m_request;
};

AgentEvents::AgentEvents(AgentAccess access, Handlers handlers, AgentLimits limits, QObject *parent)
    : QObject(parent),
      m_impl(std::make_unique<Impl>(std::move(access), std::move(handlers), limits))
{
}

AgentEvents::~AgentEvents() = default;

void AgentEvents::start() { m_impl->lasting().start(); }
void AgentEvents::stop() { m_impl->lasting().stop(); }
void AgentEvents::retryNow() { m_impl->lasting().retryNow(); }

} // namespace facetrack

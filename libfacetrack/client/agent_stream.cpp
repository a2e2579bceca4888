#include "libfacetrack/client/agent_stream.h"

#include "libfacetrack/client/lasting_request.h"
#include "libfacetrack/client/part_parser.h"

namespace facetrack {

class AgentStream::Impl
{
public:
    Impl(AgentAccess access, Options options, Handlers handlers, AgentLimits limits)
        : m_options(std::move(options)), m_picture(std::move(handlers.picture)),
          m_parser([this](const PartParser::Headers &headers, QByteArray body) {
              if (m_request.isWanted() && m_picture)
                  m_picture({std::move(body), headers});
          }),
          m_request(std::move(access), limits, limits.answer,
                    {[this](const AgentLink &link) {
                         m_parser.reset();
                         return link.request("/stream.mjpg", m_options);
                     },
                     [this](const QByteArray &bytes) { return m_parser.feed(bytes); },
                     std::move(handlers.connected), std::move(handlers.lost),
                     std::move(handlers.refused)})
    {
    }

    LastingRequest &lasting() { return m_request; }

    void setOptions(Options options)
    {
        m_options = std::move(options);
        if (!m_request.isWanted())
            return;
        m_request.stop();
        m_request.start();
    }

private:
    Options m_options;
    const std::function<void(const Part &)> m_picture;
    PartParser m_parser;
    LastingRequest m_request;
};

AgentStream::AgentStream(AgentAccess access, Options options, Handlers handlers, AgentLimits limits,
                         QObject *parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(std::move(access), std::move(options),
                                                     std::move(handlers), limits))
{
}

AgentStream::~AgentStream() = default;

void AgentStream::start() { m_impl->lasting().start(); }
void AgentStream::stop() { m_impl->lasting().stop(); }
void AgentStream::retryNow() { m_impl->lasting().retryNow(); }
void AgentStream::setOptions(Options options) { m_impl->setOptions(std::move(options)); }

} // namespace facetrack

// SPDX-License-Identifier: GPL-3.0-or-later
// The streaming half of Connection.
#include "libfacetrack/base/log.h"
#include "libfacetrack/http/connection.h"
#include "libfacetrack/http/door.h"
#include "libfacetrack/http/latest_source.h"
#include "libfacetrack/http/queue_source.h"
#include "libfacetrack/http/response_head.h"

#include <exception>

namespace facetrack::http {

namespace {

// The kernel would let its buffer grow to seconds of stale video (it doubles this figure).
constexpr int kStreamSendBuffer = 128 * 1024;

} // namespace

void Connection::stream(const StreamResponse &response)
{
    if (m_state != State::Handling)
        return;
    if (m_stopping)
        return answer(Response::error(503, "stopping", "the server is stopping"));
    m_keepAlive = false;
    if (m_head) {
        m_state = State::Writing;
        return write({makeBytes(streamHead(response, m_answerHeaders)), nullptr}, &Connection::afterAnswer);
    }
    const auto wake = [door = m_context.door, connection = weak_from_this()] {
        door->post([connection] {
            if (const auto alive = connection.lock())
                alive->pump();
        });
    };
    if (response.queue > 0)
        m_source = std::make_shared<QueueSource>(response.queue, wake);
    else
        m_source = std::make_shared<LatestSource>(wake);
    m_state = State::Streaming;
    m_discarded = 0;
    m_transport->limitSendBuffer(kStreamSendBuffer);
    write({makeBytes(streamHead(response, m_answerHeaders)), nullptr}, &Connection::pump);
    read();
    open(response, makeChannel(m_source));
}

void Connection::open(const StreamResponse &response, std::shared_ptr<LatestChannel> channel)
{
    // An exception lets go of the channel, which ends the answer.
    try {
        if (response.opened)
            response.opened(std::move(channel));
    } catch (const std::exception &exception) {
        qCCritical(lcHttp, "opening a stream: exception: %s", exception.what());
    } catch (...) {
        qCCritical(lcHttp, "opening a stream: unknown exception");
    }
}

void Connection::pump()
{
    if (m_state != State::Streaming)
        return;
    if (m_source->overrun()) {
        qCInfo(lcHttp, "%s cannot follow: cut off", m_remoteAddress.c_str());
        return end(AtEnd::Discard);
    }
    if (m_writing)
        return;
    if (auto part = m_source->take())
        return write({std::move(part->head), std::move(part->body)}, &Connection::pump);
    m_deadline = Time::max(); // it is not the viewer's fault when there is nothing to see
    if (m_source->finished())
        drain();
}

} // namespace facetrack::http

// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/connection.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/http/pending_reply.h"
#include "libfacetrack/http/response_head.h"
#include "libfacetrack/http/router.h"
#include "libfacetrack/http/tls_transport.h"

#include <exception>

namespace facetrack::http {

namespace {

// A closed socket that was not read to its end resets the connection, and the client may lose
// the answer with it: so what still comes is read for a moment.
constexpr std::chrono::milliseconds kDrainTime{1000};
constexpr std::size_t kDrainBytes = 8 * 1024 * 1024;
constexpr std::size_t kPiece = 256 * 1024;

std::shared_ptr<Transport> transportFor(boost::asio::ip::tcp::socket socket, const TlsContext *tls)
{
    if (tls)
        return std::make_shared<TlsTransport>(std::move(socket), *tls);
    return std::make_shared<Transport>(std::move(socket));
}

} // namespace

Connection::Connection(ConnectionContext context, boost::asio::ip::tcp::socket socket, Ended ended)
    : m_context(std::move(context)), m_transport(transportFor(std::move(socket), m_context.tls.get())),
      m_ended(std::move(ended)),
      m_parser(m_context.limits.headerBytes, m_context.limits.bodyBytes),
      m_remoteAddress(m_transport->remoteAddress())
{
}

Connection::~Connection()
{
    if (m_source)
        m_source->abandon();
}

void Connection::start()
{
    limitTime(m_context.limits.handshakeTimeout);
    m_transport->greet([self = shared_from_this()](Transport::Greeting greeting) {
        self->greeted(greeting);
    });
}

void Connection::greeted(Transport::Greeting greeting)
{
    if (m_state != State::Greeting)
        return; // took too long
    if (greeting == Transport::Greeting::Failed)
        return end(AtEnd::Deliver);
    m_plain = greeting == Transport::Greeting::Plain;
    m_state = State::Reading;
    if (m_refusal)
        return refuse(*m_refusal);
    limitTime(m_context.limits.idleTimeout);
    read();
}

void Connection::turnAway(Response response)
{
    m_refusal = std::move(response);
    start();
}

void Connection::refuse(const Response &response)
{
    m_keepAlive = false;
    m_head = false; // of the request before
    writeAnswer(response);
}

void Connection::read()
{
    if (m_reading)
        return;
    m_reading = true;
    m_transport->readSome(m_buffer.data(), m_buffer.size(),
                         [self = shared_from_this()](const auto &failure, std::size_t bytes) {
                             self->m_reading = false;
                             self->onRead(failure, bytes);
                         });
}

void Connection::onRead(const boost::system::error_code &failure, std::size_t bytes)
{
    switch (m_state) {
    case State::Reading:
        if (failure)
            return end(AtEnd::Deliver);
        m_parser.feed({m_buffer.data(), bytes});
        return advance();
    case State::Streaming:
        // A viewer has nothing to say; the read is there to notice that it leaves.
        m_discarded += bytes;
        if (failure || m_discarded > m_context.limits.headerBytes)
            return end(AtEnd::Discard);
        return read();
    case State::Draining:
        m_discarded += bytes;
        if (failure || m_discarded > kDrainBytes)
            return end(AtEnd::Deliver);
        return read();
    case State::Greeting:
    case State::Handling:
    case State::Writing:
    case State::Closed:
        return; // from before a time-out: its answer is being written
    }
}

void Connection::advance()
{
    const RequestParser::Step step = m_parser.step();
    if (!m_requestTimed && m_parser.started()) {
        m_requestTimed = true;
        limitTime(m_context.limits.headerTimeout);
    }
    switch (step) {
    case RequestParser::Step::NeedMore:
        return read();
    case RequestParser::Step::Continue: {
        static const Bytes kContinue = makeBytes("HTTP/1.1 100 Continue\r\n\r\n");
        return write({kContinue, nullptr}, &Connection::read);
    }
    case RequestParser::Step::Done:
        return handle();
    case RequestParser::Step::Refused:
        return refuse(m_parser.refusal());
    }
}

void Connection::handle()
{
    ParsedRequest parsed = m_parser.take();
    ++m_context.requests;
    m_state = State::Handling;
    m_deadline = Time::max();
    m_keepAlive = m_keepAlive && parsed.keepAlive;
    Request &request = parsed.request;
    m_head = request.method == "HEAD";
    request.remoteAddress = m_remoteAddress;
    if (m_plain) {
        m_keepAlive = false;
        return answer(tlsWanted(request));
    }
    auto reply = std::make_shared<PendingReply>(m_context.door, weak_from_this());
    if (!admit(request, reply))
        return;
    Router::Match match = m_context.router.find(request.method, parsed.segments);
    if (!match.handler)
        return reply->send(notRouted(request, match.allow));
    request.captures = std::move(match.captures);
    dispatch(*match.handler, request, std::move(reply));
}

bool Connection::admit(Request &request, const std::shared_ptr<Reply> &reply)
{
    const bool admitted = !m_context.guard || m_context.guard(request, reply);
    m_answerHeaders = std::move(request.answerHeaders);
    m_stillGood = std::move(request.stillGood);
    return admitted;
}

/// Somebody typed http:// where https:// is meant.
Response Connection::tlsWanted(const Request &request)
{
    const auto host = request.headers.find("host");
    const std::string here = "https://" + (host == request.headers.end() ? "" : host->second) + "/";
    const bool secret = request.headers.contains("authorization") || request.headers.contains("cookie")
        || !request.body.empty();
    if (request.path == "/" && !secret) {
        Response response = Response::text(307, "This port speaks HTTPS: " + here + "\n");
        response.headers.emplace_back("Location", here);
        return response;
    }
    return Response::error(400, "tls_required", "this port speaks HTTPS, and this came in plain HTTP",
                           secret ? "write https:// instead of http://; a token or password that was "
                                    "sent this way could be read on the way: replace it"
                                  : "write https:// instead of http://");
}

void Connection::dispatch(const Handler &handler, const Request &request,
                          std::shared_ptr<Reply> reply)
{
    // An exception drops the reply, and a dropped reply answers 500.
    try {
        handler(request, std::move(reply));
    } catch (const std::exception &exception) {
        qCCritical(lcHttp, "%s %s: exception: %s", request.method.c_str(), request.path.c_str(),
                   exception.what());
    } catch (...) {
        qCCritical(lcHttp, "%s %s: unknown exception", request.method.c_str(),
                   request.path.c_str());
    }
}

Response Connection::notRouted(const Request &request, const std::string &allow)
{
    if (allow.empty())
        return Response::error(404, "not_found", "there is nothing at " + request.path);
    Response response = Response::error(405, "method_not_allowed",
                                        request.path + " does not take " + request.method,
                                        "use one of " + allow);
    response.headers.emplace_back("Allow", allow);
    return response;
}

void Connection::answer(const Response &response)
{
    if (m_state == State::Handling)
        writeAnswer(response);
}

void Connection::writeAnswer(const Response &response)
{
    m_state = State::Writing;
    const bool hasBody = !m_head && statusHasBody(response.status);
    write({makeBytes(responseHead(response, m_keepAlive ? AfterAnswer::KeepAlive
                                                        : AfterAnswer::Close,
                                 m_answerHeaders)),
           hasBody ? response.body : nullptr},
          &Connection::afterAnswer);
}

void Connection::afterAnswer()
{
    if (!m_keepAlive)
        return drain();
    m_state = State::Reading;
    m_requestTimed = false;
    limitTime(m_context.limits.idleTimeout);
    advance();
}

void Connection::write(OnWire bytes, void (Connection::*next)())
{
    m_writing = true;
    m_onWire = std::move(bytes);
    writePiece(next);
}

/// Large bodies go in pieces, each with its own time limit: a client that takes nothing is
/// closed soon, one that takes it slowly gets it all.
void Connection::writePiece(void (Connection::*next)())
{
    const auto text = [](const Bytes &shared) {
        return shared ? std::string_view(*shared) : std::string_view();
    };
    const std::string_view piece = text(m_onWire.body).substr(m_onWire.taken, kPiece);
    const std::string_view head = m_onWire.taken == 0 ? text(m_onWire.head) : std::string_view();
    m_onWire.taken += piece.size();
    // The word to continue does not give a request more time.
    if (m_state != State::Reading)
        limitTime(m_context.limits.writeTimeout);
    m_transport->write(head, piece, [self = shared_from_this(), next](const auto &failure, auto) {
        OnWire &onWire = self->m_onWire;
        if (!failure && self->m_state != State::Closed && onWire.body
            && onWire.taken < onWire.body->size())
            return self->writePiece(next);
        self->m_writing = false;
        onWire = {};
        if (self->m_state == State::Closed)
            return;
        if (failure)
            return self->end(AtEnd::Discard);
        (self.get()->*next)();
    });
}

void Connection::drain()
{
    if (m_source)
        m_source->abandon();
    if (m_stopping)
        return end(AtEnd::Deliver);
    m_state = State::Draining;
    m_discarded = 0;
    m_transport->shutdownSend();
    limitTime(kDrainTime);
    read();
}

void Connection::end(AtEnd rest)
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    if (m_source)
        m_source->abandon();
    if (rest == AtEnd::Discard)
        m_transport->abort();
    else
        m_transport->close();
    m_ended(shared_from_this());
}

void Connection::stop()
{
    m_stopping = true;
    m_keepAlive = false;
    if (m_state != State::Handling && m_state != State::Writing)
        end(AtEnd::Deliver);
}

void Connection::expire(Time now)
{
    if (m_state == State::Streaming && m_stillGood && !m_stillGood()) {
        qCInfo(lcHttp, "%s may not look any more: cut off", m_remoteAddress.c_str());
        return end(AtEnd::Discard);
    }
    if (now < m_deadline)
        return;
    switch (m_state) {
    case State::Greeting:
        return end(AtEnd::Discard);
    case State::Reading:
        if (m_writing)
            return end(AtEnd::Discard);
        if (m_requestTimed)
            return refuse(Response::error(408, "request_timeout", "the request came too slowly"));
        return end(AtEnd::Deliver);
    case State::Writing:
    case State::Streaming:
        qCDebug(lcHttp, "%s takes no bytes: closed", m_remoteAddress.c_str());
        return end(AtEnd::Discard);
    case State::Draining:
        return end(AtEnd::Deliver);
    case State::Handling:
    case State::Closed:
        return;
    }
}

void Connection::limitTime(std::chrono::milliseconds limit)
{
    m_deadline = std::chrono::steady_clock::now() + limit;
}

} // namespace facetrack::http

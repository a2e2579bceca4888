// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/tls_transport.h"

#include "libfacetrack/base/log.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <limits>
#include <utility>

namespace facetrack::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

/// A whole record of TLS.
constexpr std::size_t kReceive = 16 * 1024 + 512;
/// What TLS may have to say besides one write (256 kB): a peer that asks for more and takes nothing
/// is at fault.
constexpr std::size_t kMostWaiting = 512 * 1024;

} // namespace

TlsTransport::TlsTransport(asio::ip::tcp::socket socket, const TlsContext &context)
    : Transport(std::move(socket))
{
    m_session.emplace(context);
}

/// One piece from the socket into the session.
void TlsTransport::receive(Received done)
{
    m_incoming.resize(kReceive);
    m_socket.async_read_some(
        asio::buffer(m_incoming),
        [self = shared_from_this(), done = std::move(done)](const error_code &failure, std::size_t size) {
            self->m_incoming.resize(size);
            if (!failure && !(std::exchange(self->m_first, false) && self->peerSpeaksPlainText()))
                self->m_session->feed(self->m_incoming);
            done(failure);
        });
}

/// A TLS record of a handshake begins with 0x16; a method of HTTP with a letter.
bool TlsTransport::peerSpeaksPlainText() const
{
    return !m_incoming.empty() && m_incoming.front() >= 'A' && m_incoming.front() <= 'Z';
}

void TlsTransport::greet(Greeted done)
{
    receive([this, done = std::move(done)](const error_code &failure) mutable {
        if (failure)
            return done(Greeting::Failed);
        if (!peerSpeaksPlainText())
            return goOnGreeting(std::move(done));
        m_session.reset();
        done(Greeting::Plain);
    });
}

void TlsTransport::goOnGreeting(Greeted done)
{
    const auto step = m_session->handshake();
    flush();
    switch (step) {
    case TlsSession::Step::Done:
        return done(Greeting::Ready);
    case TlsSession::Step::NeedMore:
        return receive([this, done = std::move(done)](const error_code &failure) mutable {
            if (failure)
                return done(Greeting::Failed);
            goOnGreeting(std::move(done));
        });
    case TlsSession::Step::Ended:
    case TlsSession::Step::Failed:
        qCDebug(lcHttp, "%s: no TLS: %s", remoteAddress().c_str(), m_session->lastFailure().c_str());
        return done(Greeting::Failed);
    }
}

void TlsTransport::readSome(char *into, std::size_t most, Done done)
{
    if (m_session)
        return goOnReading(into, most, std::move(done));
    if (m_unread == m_incoming.size())
        return Transport::readSome(into, most, std::move(done));
    const std::size_t size = std::min(most, m_incoming.size() - m_unread);
    std::copy_n(m_incoming.data() + m_unread, size, into);
    m_unread += size;
    asio::post(m_socket.get_executor(), [done = std::move(done), size] { done({}, size); });
}

void TlsTransport::goOnReading(char *into, std::size_t most, Done done)
{
    std::size_t size = 0;
    const auto step = m_session->read(into, most, size);
    flush(); // an answer to what the peer asked of TLS
    const bool flooded = m_session->output().size() > kMostWaiting;
    if (step == TlsSession::Step::NeedMore && !flooded)
        return receive([this, into, most, done = std::move(done)](const error_code &failure) mutable {
            if (failure)
                return done(failure, 0);
            goOnReading(into, most, std::move(done));
        });
    error_code failure;
    if (step == TlsSession::Step::Ended)
        failure = asio::error::eof;
    else if (step != TlsSession::Step::Done)
        failure = asio::error::connection_aborted;
    // Not from within readSome(): the caller may be in the middle of something.
    asio::post(m_socket.get_executor(),
               [self = shared_from_this(), done = std::move(done), failure, size] { done(failure, size); });
}

void TlsTransport::write(std::string_view first, std::string_view second, Done done)
{
    if (!m_session)
        return Transport::write(first, second, std::move(done));
    // Each record of 16 kB brings its own header and seal.
    m_session->output().reserve(m_session->output().size() + first.size() + second.size() + 256
                                + second.size() / 256);
    m_written = std::move(done);
    m_plainSize = first.size() + second.size();
    if (m_session->write(first) && m_session->write(second))
        return flush();
    asio::post(m_socket.get_executor(), [self = shared_from_this()] {
        if (const Done written = std::exchange(self->m_written, nullptr))
            written(asio::error::connection_aborted, 0);
    });
}

void TlsTransport::flush()
{
    if (m_flushing || !m_session || m_session->output().empty())
        return;
    m_flushing = true;
    m_sending.swap(m_session->output());
    const auto all = [](const error_code &failure, std::size_t) {
        return failure ? std::size_t(0) : std::numeric_limits<std::size_t>::max();
    };
    asio::async_write(m_socket, asio::buffer(m_sending), all,
                      [self = shared_from_this()](const error_code &failure, std::size_t) {
                          self->m_flushing = false;
                          self->m_sending.clear();
                          if (!failure && !self->m_session->output().empty())
                              return self->flush();
                          // One buffer is kept for the next picture.
                          if (self->m_session->output().empty())
                              self->m_sending.swap(self->m_session->output());
                          if (const Done written = std::exchange(self->m_written, nullptr))
                              written(failure, failure ? 0 : self->m_plainSize);
                      });
}

/// So that the peer knows an answer's end from a cut. Sent at once or not at all: an operation of
/// its own could outlive the connection.
void TlsTransport::sayGoodbye()
{
    if (!m_session || m_flushing)
        return;
    m_session->sayGoodbye();
    error_code ignored;
    m_socket.non_blocking(true, ignored);
    m_socket.send(asio::buffer(m_session->output()), 0, ignored);
    m_session->output().clear();
}

void TlsTransport::shutdownSend()
{
    sayGoodbye();
    Transport::shutdownSend();
}

void TlsTransport::close()
{
    sayGoodbye();
    Transport::close();
}

} // namespace facetrack::http

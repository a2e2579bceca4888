// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/http/tls_session.h"
#include "libfacetrack/http/transport.h"

#include <memory>
#include <optional>

namespace facetrack::http {

/// A socket that speaks TLS. A peer that does not is noticed by its first byte, and goes on in plain
/// text, so that it can be told. What is written is encrypted whole and handed to the kernel at
/// once; no more is kept than one write. Held by shared pointers; thread-bound.
class TlsTransport final : public Transport, public std::enable_shared_from_this<TlsTransport>
{
public:
    TlsTransport(boost::asio::ip::tcp::socket socket, const TlsContext &context);

    void greet(Greeted done) override;
    void readSome(char *into, std::size_t most, Done done) override;
    void write(std::string_view first, std::string_view second, Done done) override;
    void shutdownSend() override;
    void close() override;

private:
    using Received = std::function<void(const boost::system::error_code &failure)>;

    void receive(Received done);
    void goOnGreeting(Greeted done);
    bool peerSpeaksPlainText() const;
    void goOnReading(char *into, std::size_t most, Done done);
    void flush();
    void sayGoodbye();

    std::optional<TlsSession> m_session; ///< empty: in plain text
    std::string m_incoming;   ///< as it came from the socket
    std::size_t m_unread = 0; ///< of m_incoming, in plain text
    std::string m_sending;    ///< the kernel takes it
    bool m_flushing = false;
    bool m_first = true; ///< nothing came yet
    Done m_written;      ///< of the write that is under way
    std::size_t m_plainSize = 0;
};

} // namespace facetrack::http

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace facetrack::http {

/// One accepted socket: all that a connection asks of it, so that TLS can take its place
/// (TlsTransport).
/// Operations end with their callback on the server's thread, also when closed meanwhile; what a
/// callback holds is kept until then. Thread-bound.
class Transport
{
public:
    /// Empty `failure` is success.
    using Done = std::function<void(const boost::system::error_code &failure, std::size_t bytes)>;

    enum class Greeting {
        Ready,  ///< requests can be read
        Plain,  ///< too, but the peer does not speak TLS, which is spoken here
        Failed, ///< nothing can be read or written
    };
    using Greeted = std::function<void(Greeting)>;

    explicit Transport(boost::asio::ip::tcp::socket socket);
    virtual ~Transport() = default;
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;

    /// To be called once, before all that reads or writes.
    virtual void greet(Greeted done) { done(Greeting::Ready); }
    /// Without the port; IPv4 also where it came in through an IPv6 socket.
    std::string remoteAddress() const;

    virtual void readSome(char *into, std::size_t most, Done done);
    /// All of both, gathered, without a copy: the bytes must live until `done`.
    virtual void write(std::string_view first, std::string_view second, Done done);
    /// How much the kernel may hold of what the peer has not taken.
    void limitSendBuffer(int bytes);
    /// Nothing more will be written; the peer can still be read.
    virtual void shutdownSend();
    /// What the peer has not taken is still delivered by the kernel.
    virtual void close();
    /// What the peer has not taken is thrown away.
    void abort();

protected:
    boost::asio::ip::tcp::socket m_socket;
};

} // namespace facetrack::http

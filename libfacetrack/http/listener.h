// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/http/listen_address.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>

namespace facetrack::http {

/// Accepts connections, and goes on when that fails for a while (no file descriptors left).
/// Thread-bound.
class Listener
{
public:
    using Accepted = std::function<void(boost::asio::ip::tcp::socket)>;

    Listener(boost::asio::io_context &context, Accepted accepted);

    /// Binds and listens. Unavailable, Denied, Unsupported (no IPv6 here).
    Result<void> open(const ListenAddress &address);
    /// Accepts from now on.
    void start();
    void close();
    std::uint16_t port() const { return m_port; }

private:
    void accept();
    void pause(const boost::system::error_code &failure);

    boost::asio::ip::tcp::acceptor m_acceptor;
    boost::asio::steady_timer m_timer;
    const Accepted m_accepted;
    std::uint16_t m_port = 0;
    std::chrono::steady_clock::time_point m_nextWarning{};
};

} // namespace facetrack::http

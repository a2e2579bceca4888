// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/transport.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <limits>

namespace facetrack::http {

namespace asio = boost::asio;
using asio::ip::tcp;

// Setting an option fails only when the peer has gone, which the next read or write reports.

Transport::Transport(tcp::socket socket) : m_socket(std::move(socket))
{
    boost::system::error_code ignored;
    m_socket.set_option(tcp::no_delay(true), ignored);
    // Finds peers that vanished (power, Wi-Fi) while there is nothing to write to them.
    m_socket.set_option(asio::socket_base::keep_alive(true), ignored);
}

std::string Transport::remoteAddress() const
{
    boost::system::error_code failure;
    const asio::ip::address address = m_socket.remote_endpoint(failure).address();
    if (failure)
        return {};
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

void Transport::readSome(char *into, std::size_t most, Done done)
{
    m_socket.async_read_some(asio::buffer(into, most), std::move(done));
}

void Transport::write(std::string_view first, std::string_view second, Done done)
{
    const std::array<asio::const_buffer, 2> parts{asio::buffer(first.data(), first.size()),
                                                  asio::buffer(second.data(), second.size())};
    // transfer_all() would cut a picture into system calls of 64 kB.
    const auto all = [](const boost::system::error_code &failure, std::size_t) {
        return failure ? std::size_t(0) : std::numeric_limits<std::size_t>::max();
    };
    asio::async_write(m_socket, parts, all, std::move(done));
}

void Transport::limitSendBuffer(int bytes)
{
    boost::system::error_code ignored;
    m_socket.set_option(asio::socket_base::send_buffer_size(bytes), ignored);
}

void Transport::shutdownSend()
{
    boost::system::error_code ignored;
    m_socket.shutdown(tcp::socket::shutdown_send, ignored);
}

void Transport::close()
{
    boost::system::error_code ignored;
    m_socket.close(ignored);
}

void Transport::abort()
{
    boost::system::error_code ignored;
    m_socket.set_option(asio::socket_base::linger(true, 0), ignored);
    m_socket.close(ignored);
}

} // namespace facetrack::http

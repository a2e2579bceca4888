// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/listener.h"

#include "libfacetrack/base/log.h"

#include <boost/asio/ip/v6_only.hpp>

namespace facetrack::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds kPause{200};
constexpr std::chrono::seconds kBetweenWarnings{10};

Error listenError(const boost::system::error_code &failure, const ListenAddress &address)
{
    const std::string port = std::to_string(address.port);
    Error error{ErrorCode::Io, address.host + ':' + port, "cannot listen: " + failure.message(), {}};
    if (failure == asio::error::address_in_use) {
        error.code = ErrorCode::Unavailable;
        error.message = "port " + port + " is in use";
        error.advice = "stop the program that uses it (ss -ltnp 'sport = :" + port
            + "' names it), or choose another port in the listen address";
    } else if (failure == asio::error::access_denied || failure == asio::error::no_permission) {
        error.code = ErrorCode::Denied;
        error.message = "no permission to listen on port " + port;
        error.advice = "choose a port from 1024 on in the listen address, "
                       "or grant CAP_NET_BIND_SERVICE";
    } else if (failure == boost::system::errc::address_not_available) {
        error.code = ErrorCode::Unavailable;
        error.message = "this machine does not have the address " + address.host;
        error.advice = "use one that `ip address` lists, or 0.0.0.0 for all";
    } else if (failure == asio::error::address_family_not_supported) {
        error.code = ErrorCode::Unsupported;
        error.advice = "this system has no IPv6: use an IPv4 address";
    }
    return error;
}

/// At boot the network may come later than this program, and at a booth hours later: the kernel takes
/// the address now and connections once the machine has it.
boost::system::error_code bindAheadOfTheNetwork(tcp::acceptor &acceptor, const tcp::endpoint &endpoint)
{
    using FreeBind = asio::detail::socket_option::boolean<IPPROTO_IP, IP_FREEBIND>;
    boost::system::error_code failure;
    acceptor.set_option(FreeBind(true), failure);
    if (!failure)
        acceptor.bind(endpoint, failure);
    if (!failure)
        qCWarning(lcHttp, "this machine does not have the address %s yet: nobody reaches it before",
                  endpoint.address().to_string().c_str());
    return failure;
}

} // namespace

Listener::Listener(asio::io_context &context, Accepted accepted)
    : m_acceptor(context), m_timer(context), m_accepted(std::move(accepted))
{
}

Result<void> Listener::open(const ListenAddress &address)
{
    boost::system::error_code failure;
    const tcp::endpoint endpoint(asio::ip::make_address(address.host, failure), address.port);
    const auto step = [&failure](auto &&work) {
        if (!failure)
            work();
    };
    step([&] { m_acceptor.open(endpoint.protocol(), failure); });
    // Connections of a run just ended must not block the port for minutes.
    step([&] { m_acceptor.set_option(tcp::acceptor::reuse_address(true), failure); });
    if (endpoint.protocol() == tcp::v6())
        step([&] { m_acceptor.set_option(asio::ip::v6_only(false), failure); });
    step([&] { m_acceptor.bind(endpoint, failure); });
    if (failure == boost::system::errc::address_not_available)
        failure = bindAheadOfTheNetwork(m_acceptor, endpoint);
    step([&] { m_acceptor.listen(asio::socket_base::max_listen_connections, failure); });
    step([&] { m_port = m_acceptor.local_endpoint(failure).port(); });
    if (!failure)
        return {};
    boost::system::error_code ignored;
    m_acceptor.close(ignored);
    return tl::unexpected(listenError(failure, address));
}

void Listener::start()
{
    accept();
}

void Listener::accept()
{
    m_acceptor.async_accept([this](const boost::system::error_code &failure, tcp::socket socket) {
        if (!m_acceptor.is_open())
            return;
        if (failure && failure != asio::error::connection_aborted)
            return pause(failure);
        accept(); // first: what follows may throw
        if (!failure)
            m_accepted(std::move(socket));
    });
}

/// Trying again at once would only burn the processor until somebody closes something.
void Listener::pause(const boost::system::error_code &failure)
{
    const auto now = std::chrono::steady_clock::now();
    if (now >= m_nextWarning) {
        qCWarning(lcHttp, "cannot accept a connection: %s", failure.message().c_str());
        m_nextWarning = now + kBetweenWarnings;
    }
    m_timer.expires_after(kPause);
    m_timer.async_wait([this](const boost::system::error_code &cancelled) {
        if (!cancelled && m_acceptor.is_open())
            accept();
    });
}

void Listener::close()
{
    boost::system::error_code ignored;
    m_acceptor.close(ignored);
    m_timer.cancel();
}

} // namespace facetrack::http

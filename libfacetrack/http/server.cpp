// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/server.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/http/router.h"
#include "libfacetrack/http/server_run.h"

namespace facetrack::http {

class Server::Impl
{
public:
    explicit Impl(ServerLimits given) : limits(given) {}

    const ServerLimits limits;
    Router router;
    Guard guard;
    std::shared_ptr<const TlsContext> tls;
    ServerCounters counters;
    std::atomic<std::uint64_t> pulse{0};
    std::atomic<bool> pulseAsked{false};
    ListenAddress address;
    std::unique_ptr<ServerRun> run;
};

Server::Server(ServerLimits limits) : m_impl(std::make_unique<Impl>(limits)) {}

Server::~Server()
{
    stop();
}

void Server::route(std::string method, std::string path, Handler handler)
{
    if (m_impl->run) {
        qCCritical(lcHttp, "a route added to a running server is left out: %s", path.c_str());
        return;
    }
    m_impl->router.add(std::move(method), path, std::move(handler));
}

std::vector<std::string> Server::routes() const
{
    return m_impl->router.all();
}

void Server::guard(Guard guard)
{
    if (m_impl->run)
        qCCritical(lcHttp, "a guard set at a running server is left out");
    else
        m_impl->guard = std::move(guard);
}

void Server::secure(std::shared_ptr<const TlsContext> tls)
{
    if (m_impl->run)
        qCCritical(lcHttp, "TLS set at a running server is left out");
    else
        m_impl->tls = std::move(tls);
}

Result<void> Server::start(const std::string &listen)
{
    if (m_impl->run)
        return fail(ErrorCode::InvalidArgument, listen, "the server runs already");
    auto address = parseListenAddress(listen);
    if (!address)
        return tl::unexpected(std::move(address).error());
    m_impl->counters.requests = 0;
    auto run = std::make_unique<ServerRun>(m_impl->router, m_impl->guard, m_impl->tls,
                                          m_impl->limits, m_impl->counters);
    if (auto started = run->start(*address); !started)
        return started;
    address->port = run->port();
    m_impl->address = *address;
    m_impl->run = std::move(run);
    return {};
}

void Server::stop()
{
    m_impl->run.reset();
}

std::uint16_t Server::port() const
{
    return m_impl->address.port;
}

std::string Server::url() const
{
    return (m_impl->tls ? "https://" : "http://") + address() + "/";
}

std::string Server::boundUrl() const
{
    return (m_impl->tls ? "https://" : "http://") + exactAddress(m_impl->address) + "/";
}

bool Server::isOnLoopback() const
{
    return isLoopback(m_impl->address);
}

std::string Server::address() const
{
    return browsableAddress(m_impl->address);
}

std::size_t Server::connections() const
{
    return m_impl->counters.connections;
}

std::uint64_t Server::requests() const
{
    return m_impl->counters.requests;
}

std::uint64_t Server::pulse()
{
    const auto beat = [this] {
        ++m_impl->pulse;
        m_impl->pulseAsked = false;
    };
    // One question at a time: a thread that is stuck must not gather them.
    if (m_impl->run && !m_impl->pulseAsked.exchange(true))
        m_impl->run->post(beat);
    return m_impl->pulse;
}

} // namespace facetrack::http

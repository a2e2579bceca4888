// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/server_run.h"

#include "libfacetrack/base/log.h"

#include <algorithm>
#include <exception>
#include <vector>

namespace facetrack::http {

using boost::asio::ip::tcp;

namespace {

/// What answers under way get when the server stops.
constexpr std::chrono::milliseconds kStopGrace{500};
/// Connections above the limit that are still told so; beyond these they are just closed.
constexpr std::size_t kRefusedAtOnce = 32;

/// Time limits are looked at now and then for all connections, which costs less than a timer
/// armed for each write; they are kept to an eighth of the shortest.
std::chrono::milliseconds sweepIntervalFor(const ServerLimits &limits)
{
    const auto shortest = std::min({limits.headerTimeout, limits.idleTimeout, limits.writeTimeout});
    return std::clamp(shortest / 8, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

} // namespace

ServerRun::ServerRun(const Router &router, const Guard &guard,
                     const std::shared_ptr<const TlsContext> &tls, const ServerLimits &limits,
                     ServerCounters &counters)
    : m_limits(limits), m_counters(counters), m_door(std::make_shared<Door>(m_context)),
      m_connectionContext{router, limits, m_door, counters.requests, guard, tls},
      m_listener(m_context, [this](tcp::socket socket) { accepted(std::move(socket)); }),
      m_sweepTimer(m_context), m_stopTimer(m_context), m_sweepInterval(sweepIntervalFor(limits))
{
}

ServerRun::~ServerRun()
{
    if (m_thread.joinable()) {
        m_door->post([this] { beginStop(); });
        m_thread.join();
    }
    m_door->shut();
    m_connections.clear();
    m_counters.connections = 0;
}

Result<void> ServerRun::start(const ListenAddress &address)
{
    if (auto opened = m_listener.open(address); !opened)
        return opened;
    m_listener.start();
    m_thread = std::jthread([this] { run(); });
    return {};
}

void ServerRun::run()
{
    while (!m_context.stopped()) {
        try {
            m_context.run();
        } catch (const std::exception &exception) {
            // Handlers are fenced in already; this is memory running out, or a bug.
            qCCritical(lcHttp, "exception on the server's thread: %s", exception.what());
        }
    }
}

void ServerRun::accepted(tcp::socket socket)
{
    if (m_connections.size() >= m_limits.connections + kRefusedAtOnce)
        return;
    const auto connection = std::make_shared<Connection>(
        m_connectionContext, std::move(socket),
        [this](const std::shared_ptr<Connection> &gone) { ended(gone); });
    m_connections.insert(connection);
    m_counters.connections = m_connections.size();
    if (m_connections.size() > m_limits.connections)
        connection->turnAway(Response::error(503, "too_many_connections",
                                           "the server has no connection to spare",
                                           "try again later"));
    else
        connection->start();
    if (!m_sweeping)
        sweep();
}

void ServerRun::ended(const std::shared_ptr<Connection> &connection)
{
    m_connections.erase(connection);
    m_counters.connections = m_connections.size();
    if (m_stopping && m_connections.empty())
        m_context.stop();
}

void ServerRun::sweep()
{
    const auto now = std::chrono::steady_clock::now();
    const std::vector<std::shared_ptr<Connection>> all(m_connections.begin(), m_connections.end());
    for (const auto &connection : all)
        connection->expire(now);
    m_sweeping = !m_connections.empty();
    if (!m_sweeping)
        return;
    m_sweepTimer.expires_after(m_sweepInterval);
    m_sweepTimer.async_wait([this](const boost::system::error_code &cancelled) {
        if (!cancelled)
            sweep();
    });
}

void ServerRun::beginStop()
{
    m_stopping = true;
    m_listener.close();
    const std::vector<std::shared_ptr<Connection>> all(m_connections.begin(), m_connections.end());
    for (const auto &connection : all)
        connection->stop();
    if (m_connections.empty())
        return m_context.stop();
    m_stopTimer.expires_after(kStopGrace);
    m_stopTimer.async_wait([this](const boost::system::error_code &) { m_context.stop(); });
}

} // namespace facetrack::http

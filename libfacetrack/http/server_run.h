// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/http/connection.h"
#include "libfacetrack/http/door.h"
#include "libfacetrack/http/listener.h"

#include <thread>
#include <unordered_set>

namespace facetrack::http {

/// What a run leaves for everybody to read.
struct ServerCounters
{
    std::atomic<std::size_t> connections{0};
    std::atomic<std::uint64_t> requests{0};
};

/// One run of the server, from start() to stop(): its thread and all that lives on it.
class ServerRun
{
public:
    ServerRun(const Router &router, const Guard &guard, const std::shared_ptr<const TlsContext> &tls,
              const ServerLimits &limits, ServerCounters &counters);
    ~ServerRun(); ///< Ends all answers and joins the thread
    ServerRun(const ServerRun &) = delete;
    ServerRun &operator=(const ServerRun &) = delete;

    Result<void> start(const ListenAddress &address);
    std::uint16_t port() const { return m_listener.port(); }
    /// Runs `task` on the server's thread, soon.
    void post(std::function<void()> task) { m_door->post(std::move(task)); }

private:
    void run();
    void accepted(boost::asio::ip::tcp::socket socket);
    void ended(const std::shared_ptr<Connection> &connection);
    void sweep();
    void beginStop();

    const ServerLimits &m_limits;
    ServerCounters &m_counters;
    boost::asio::io_context m_context{1};
    std::shared_ptr<Door> m_door;
    const ConnectionContext m_connectionContext;
    Listener m_listener;
    boost::asio::steady_timer m_sweepTimer;
    boost::asio::steady_timer m_stopTimer;
    const std::chrono::milliseconds m_sweepInterval;
    std::unordered_set<std::shared_ptr<Connection>> m_connections;
    bool m_sweeping = false;
    bool m_stopping = false;
    std::jthread m_thread;
};

} // namespace facetrack::http

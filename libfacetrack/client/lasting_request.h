#pragma once
#include "libfacetrack/base/back_off.h"
#include "libfacetrack/client/agent_link.h"

#include <QTimer>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace facetrack {

/// An answer without end, asked for again after growing pauses whenever it ends: events, the live
/// picture. Thread-bound, with a Qt event loop; its handlers may stop it, but not destroy it.
/// Internal to this room.
class LastingRequest
{
public:
    struct Handlers
    {
        /// Before each attempt: what is to be asked now.
        std::function<QNetworkRequest(const AgentLink &)> request;
        /// A piece of the answer; false: it makes no sense, end it.
        std::function<bool(const QByteArray &)> received;
        std::function<void()> connected;
        std::function<void(const AgentFailure &, std::chrono::milliseconds)> lost;
        std::function<void(const AgentFailure &)> refused;
    };

    /// `silence` is how long it may send nothing.
    LastingRequest(AgentAccess access, AgentLimits limits, std::chrono::milliseconds silence,
                   Handlers handlers);

    void start();
    void stop();
    void retryNow();
    bool isWanted() const { return m_wanted; }

private:
    void attempt();
    void take(const QByteArray &bytes);
    void ended(net::ExchangeResult result);
    void retire();

    AgentLink m_link;
    const net::ExchangeLimits m_limits;
    const Handlers m_handlers;
    BackOff m_pauses;
    QTimer m_timer;
    bool m_wanted = false;
    bool m_heard = false; ///< on this connection
    std::unique_ptr<net::Exchange> m_exchange; // last: it goes before the network
};

} // namespace facetrack

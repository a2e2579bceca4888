#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/client/agent_access.h"
#include "libfacetrack/client/agent_failure.h"

#include <QObject>
#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace facetrack {

/// One event of docs/control.md: "status", "tuning", "in_effect", "persisted", "source", "upload",
/// "warning", "calibration", "agent".
struct AgentEvent
{
    std::string name;
    nlohmann::json data;
};

/// Listens to an agent's events, and comes back by itself where it left off (Last-Event-ID) after
/// growing pauses. Thread-bound, with a Qt event loop; the callbacks come on that thread and may
/// call stop(), but not destroy this.
class FACETRACK_EXPORT AgentEvents : public QObject
{
public:
    struct Handlers
    {
        std::function<void(const AgentEvent &)> event;
        /// The agent answers: the first time, and after each loss.
        std::function<void()> connected;
        /// Contact was lost, or did not come about; it is tried again after `pause`. Told once for
        /// each attempt.
        std::function<void(const AgentFailure &why, std::chrono::milliseconds pause)> lost;
        /// It is of no use to try again by itself: another certificate, or no token that fits.
        std::function<void(const AgentFailure &why)> refused;
    };

    AgentEvents(AgentAccess access, Handlers handlers, AgentLimits limits = {},
                QObject *parent = nullptr);
    ~AgentEvents() override;

    void start();
    /// Calls back no more until start().
    void stop();
    /// Tries again at once instead of waiting: the network is back, a person asks.
    void retryNow();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack

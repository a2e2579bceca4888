#pragma once
#include "libfacetrack/agent/agent_status.h"
#include "libfacetrack/agent/tuning_control.h"
#include "libfacetrack/http/event_hub.h"
#include "libfacetrack/agent/tuning_revision.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace facetrack {

/// What an agent tells all who listen at /api/v1/events, as it happens; the status once a second.
/// docs/control.md lists the events. Thread-safe.
class LiveEvents
{
public:
    explicit LiveEvents(const std::string &run) : m_hub(run) {}
    ~LiveEvents(); ///< stop()

    /// Asks `status` a few times a second from now on.
    void start(std::function<AgentStatus()> status);
    void stop();
    /// For the route: a new listener first gets all that `tuning` and the status say.
    http::Handler handler(std::function<AgentStatus()> status, std::function<TuningState()> tuning);

    void tuned(const TuningRevision &change);
    void persisted(std::uint32_t revision, const std::string &error);
    /// Revision of a frame that was analysed; told when it is another one.
    void inEffect(std::uint32_t revision);
    void agentChanged(const AgentInfo &agent);

private:
    void run(std::stop_token stop, const std::function<AgentStatus()> &status);
    void tellChanges(const AgentStatus &status);

    http::EventHub m_hub;
    std::atomic<std::uint32_t> m_effect{0};
    std::string m_source;  ///< of the ticker's thread: what was told last
    std::string m_upload;
    std::string m_calibration;
    std::string m_warning;
    std::mutex m_mutex;
    std::condition_variable_any m_never;
    std::jthread m_thread;
};

} // namespace facetrack

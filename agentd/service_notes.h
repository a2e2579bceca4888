#pragma once
#include "libfacetrack/agent/agent_status.h"
#include "libfacetrack/agent/watchdog.h"

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace facetrack {

/// What systemd promised this program at its start.
ServiceState serviceState();

/// Tells systemd how a service is (sd_notify(3)): READY at once, STATUS every few seconds, WATCHDOG
/// while all parts get on, STOPPING at the end. Does nothing where systemd did not start it.
class ServiceNotes
{
public:
    using Progress = std::function<std::vector<WorkPart>()>;
    using Summary = std::function<std::string()>;

    /// Both are asked on a thread of its own.
    ServiceNotes(Progress progress, Summary summary);
    ~ServiceNotes();

private:
    void run(const std::stop_token &stop, std::optional<std::chrono::nanoseconds> limit);

    const Progress m_progress;
    const Summary m_summary;
    std::jthread m_thread; // last: ends before what it uses
};

} // namespace facetrack

#pragma once
#include "libfacetrack/agent/agent_status.h"
#include "libfacetrack/model/heartbeat.h"

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace facetrack {

/// Says every few seconds who this agent is and how it is doing, on a thread of its own.
class Heartbeats
{
public:
    /// `status` is asked and `keep` given each heartbeat, without its clock trust, on that thread.
    Heartbeats(std::function<AgentStatus()> status, std::function<void(Heartbeat)> keep,
               std::string url, std::chrono::milliseconds interval);
    /// Says nothing more when it returns.
    ~Heartbeats();

private:
    void run(const std::stop_token &stop);
    Heartbeat beat(std::uint64_t sequence) const;

    const std::function<AgentStatus()> m_status;
    const std::function<void(Heartbeat)> m_keep;
    const std::string m_url;
    const std::chrono::milliseconds m_interval;
    std::jthread m_thread; // last: ends before what it uses
};

/// The address under which others may reach `url`: where that is "every network", the machine's
/// own first address in its stead.
std::string reachableUrl(const std::string &url);

} // namespace facetrack

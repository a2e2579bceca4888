#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/model/agent_info.h"

#include <cstdint>
#include <optional>
#include <string>

namespace facetrack {

/// What an agent tells about itself every few seconds, so that it can be found through the
/// database.
struct Heartbeat
{
    std::uint64_t sequence = 0; ///< in this run, from 0
    UtcTime time{0};
    bool clockTrusted = true;
    AgentInfo agent;
    std::string address; ///< "http://192.168.1.20:7420/"
    std::chrono::seconds uptime{0};
    double captureFps = 0;
    double detectionFps = 0;
    std::optional<double> temperature; ///< of the processor in °C, where it can be read
    std::uint64_t backlog = 0;         ///< records waiting for delivery
    std::string warning;               ///< what is wrong; empty when all is well
};

} // namespace facetrack

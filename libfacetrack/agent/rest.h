#pragma once
#include "libfacetrack/agent/agent_status.h"
#include "libfacetrack/http/server.h"
#include "libfacetrack/stream/broadcaster.h"

#include <functional>

namespace facetrack {

/// What the REST handlers need of an agent.
struct RestSources
{
    std::function<AgentStatus()> status;
    Broadcaster *broadcaster = nullptr; ///< outlives the server
};

/// /api/v1/status, /api/v1/agent, /api/v1/focus, /metrics and /healthz.
void addStatusRoutes(http::Server &server, const RestSources &sources);
/// /stream.mjpg and /snapshot.jpg.
void addPictureRoutes(http::Server &server, const RestSources &sources);

} // namespace facetrack

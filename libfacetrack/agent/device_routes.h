#pragma once
#include "libfacetrack/agent/name_plate.h"
#include "libfacetrack/http/server.h"
#include "libfacetrack/http/worker.h"

#include <chrono>
#include <functional>
#include <string>

namespace facetrack {

/// What the routes about the device itself need of an agent; all outlives the server.
struct DeviceSources
{
    NamePlate &plate;
    http::Worker &worker;
    std::function<void(const AgentInfo &)> renamed;
    /// Shows which agent this is for so long; the name of the light that blinks, or empty.
    std::function<std::string(std::chrono::milliseconds)> identify;
    std::function<void()> restartSource;
    /// Opens calibration for so long, or ends it (0).
    std::function<void(std::chrono::seconds)> calibrate;
};

/// POST /api/v1/identify, /api/v1/source/restart and /api/v1/calibration, PUT /api/v1/agent.
void addDeviceRoutes(http::Server &server, const DeviceSources &sources);

} // namespace facetrack

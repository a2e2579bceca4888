#pragma once
#include "libfacetrack/agent/clips.h"
#include "libfacetrack/agent/tuning_control.h"
#include "libfacetrack/http/server.h"
#include "libfacetrack/http/worker.h"

namespace facetrack {

/// What the routes for clips need of an agent; all outlives the server.
struct ClipSources
{
    Clips &clips;
    TuningControl &tuning;
    http::Worker &worker;
};

/// /api/v1/clip with evaluate and frames. Pictures of people are in it, so looking needs the right
/// to change as well.
void addClipRoutes(http::Server &server, const ClipSources &sources);

} // namespace facetrack

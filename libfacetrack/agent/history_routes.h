#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/http/server.h"
#include "libfacetrack/http/worker.h"
#include "libfacetrack/store/journal.h"

namespace facetrack {

/// /api/v1/observations and /api/v1/analytics, answered by the Journal on `worker`; all outlives
/// the server.
void addHistoryRoutes(http::Server &server, const Journal &journal, http::Worker &worker,
                      const Clock &clock);

} // namespace facetrack

#pragma once
#include "libfacetrack/agent/metrics_writer.h"
#include "libfacetrack/health/health_watch.h"

#include <nlohmann/json_fwd.hpp>

namespace facetrack {

// How the machine is, in the status, the events and the metrics.

/// What the machine does not tell is null.
nlohmann::ordered_json healthJson(const HealthReport &health, bool clockTrusted);
/// Code, message and advice of each.
nlohmann::ordered_json warningsJson(const HealthReport &health);
/// What the machine does not tell is left out.
void writeHealthMetrics(MetricsWriter &to, const HealthReport &health);

} // namespace facetrack

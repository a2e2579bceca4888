#pragma once
#include "libfacetrack/agent/metrics_writer.h"
#include "libfacetrack/store/uploader.h"

#include <nlohmann/json_fwd.hpp>

namespace facetrack {

/// How delivery is doing, as /api/v1/status and /metrics tell it.
nlohmann::ordered_json uploadJson(const UploadState &upload);
void writeUploadMetrics(MetricsWriter &to, const UploadState &upload);

} // namespace facetrack

#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/model/heartbeat.h"
#include "libfacetrack/model/tuning_change.h"
#include "libfacetrack/store/record.h"

namespace facetrack {

/// Body of a heartbeat: an object with name, role, sensor, location, version, address, uptime_s,
/// capture_fps, detection_fps, temperature (or null), backlog and warning.
FACETRACK_EXPORT Record encodeHeartbeat(const Heartbeat &heartbeat);
/// Corrupt when the body has not that form.
FACETRACK_EXPORT Result<Heartbeat> decodeHeartbeat(const Record &record);

/// Body of a tuning change: an object with revision, who, parameter, old and new.
FACETRACK_EXPORT Record encodeTuningChange(const TuningChange &change, const std::string &agent,
                                           const std::string &run);
/// Corrupt when the body has not that form.
FACETRACK_EXPORT Result<TuningChange> decodeTuningChange(const Record &record);

} // namespace facetrack

#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"

#include <string>

namespace facetrack {

/// Appends "2026-05-04T09:30:00.123Z" (ISO 8601); false, with nothing appended, outside the years
/// 0 to 9999.
FACETRACK_EXPORT bool appendIsoTime(std::string &text, UtcTime time);

/// The same as a text; empty outside those years.
FACETRACK_EXPORT std::string isoTime(UtcTime time);

} // namespace facetrack

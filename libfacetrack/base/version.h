#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"

namespace facetrack {

/// Version of the library, "major.minor.patch", as CMakeLists.txt says it.
FACETRACK_EXPORT const char *version();

/// The day on which it was built (SOURCE_DATE_EPOCH where that is set): no clock that is right
/// shows an earlier one.
FACETRACK_EXPORT UtcTime buildDate();

} // namespace facetrack

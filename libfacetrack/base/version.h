#pragma once
#include "libfacetrack/base/export.h"

namespace facetrack {

/// Version of the library, "major.minor.patch", as CMakeLists.txt says it.
FACETRACK_EXPORT const char *version();

} // namespace facetrack

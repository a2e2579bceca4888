#pragma once
#include "libfacetrack/base/export.h"

namespace facetrack {

/// Makes the calling thread give way to others of the machine: 0 is as usual, 19 gives way most.
/// On Linux each thread has its own niceness; a refusal changes nothing.
FACETRACK_EXPORT void giveWay(int niceness);

/// CPU time that the calling thread has used so far, seconds.
FACETRACK_EXPORT double threadCpuSeconds();

} // namespace facetrack

#pragma once
#include "console/app/options.h"

namespace facetrack::console {

/// facetrack-console --report: makes a report without a desktop; the exit status: 0, 1 when it could not
/// be written, 2 for what cannot be asked, 3 when somebody did not answer.
int runReport(const Options &options);

} // namespace facetrack::console

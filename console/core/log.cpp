#include "console/core/log.h"

namespace facetrack::console {

Q_LOGGING_CATEGORY(lcConsole, "facetrack.console", QtInfoMsg)

} // namespace facetrack::console

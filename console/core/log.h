#pragma once
#include <QLoggingCategory>

namespace facetrack::console {

/// "facetrack.console", see libfacetrack/base/log.h.
Q_DECLARE_LOGGING_CATEGORY(lcConsole)

} // namespace facetrack::console

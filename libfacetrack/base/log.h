#pragma once
#include "libfacetrack/base/export.h"

#include <QLoggingCategory>

namespace facetrack {

// One category for each room that has something to say; choose with QT_LOGGING_RULES,
// for example "facetrack.http.debug=true".
FACETRACK_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcAgent)
FACETRACK_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcCapture)
FACETRACK_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcConfig)
FACETRACK_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcDetect)
FACETRACK_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcHttp)
FACETRACK_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcNet)
FACETRACK_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcPipeline)
FACETRACK_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcRelay)
FACETRACK_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcStore)
FACETRACK_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcStream)

/// Sends Qt's log to standard error: with time and level on a terminal, with journald's
/// priority prefix ("<4>") when systemd reads standard error (JOURNAL_STREAM is set).
FACETRACK_EXPORT void installLogHandler();

} // namespace facetrack

#include "libfacetrack/base/log.h"

#include <QDateTime>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/stat.h>

namespace facetrack {

Q_LOGGING_CATEGORY(lcAgent, "facetrack.agent", QtInfoMsg)
Q_LOGGING_CATEGORY(lcCapture, "facetrack.capture", QtInfoMsg)
Q_LOGGING_CATEGORY(lcConfig, "facetrack.config", QtInfoMsg)
Q_LOGGING_CATEGORY(lcDetect, "facetrack.detect", QtInfoMsg)
Q_LOGGING_CATEGORY(lcHttp, "facetrack.http", QtInfoMsg)
Q_LOGGING_CATEGORY(lcNet, "facetrack.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcPipeline, "facetrack.pipeline", QtInfoMsg)
Q_LOGGING_CATEGORY(lcRelay, "facetrack.relay", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "facetrack.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStream, "facetrack.stream", QtInfoMsg)

namespace {

struct Level
{
    const char *name;
    int journald; // syslog priority, as in sd-daemon(3)
};

Level levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return {"debug", 7};
    case QtInfoMsg:
        return {"info", 6};
    case QtWarningMsg:
        return {"warning", 4};
    case QtCriticalMsg:
        return {"error", 3};
    case QtFatalMsg:
        return {"fatal", 2};
    }
    return {"info", 6};
}

/// systemd sets JOURNAL_STREAM to device:inode of the stream it reads; a redirected
/// standard error must not carry the prefix.
bool journaldReadsStandardError()
{
    const char *stream = std::getenv("JOURNAL_STREAM");
    struct stat status = {};
    if (!stream || ::fstat(2, &status) != 0)
        return false;
    return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino) == stream;
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    static const bool journald = journaldReadsStandardError();
    const Level level = levelOf(type);
    const QByteArray text = message.toUtf8();
    if (journald) {
        std::fprintf(stderr, "<%d>%s: %s\n", level.journald, context.category, text.constData());
        return;
    }
    const QByteArray time
        = QDateTime::currentDateTime().toString(QStringLiteral("HH:mm:ss.zzz")).toLatin1();
    std::fprintf(stderr, "%s %-7s %s: %s\n", time.constData(), level.name, context.category,
                 text.constData());
}

} // namespace

void installLogHandler()
{
    // What libraries chat about to their authors (Qt Multimedia does); QT_LOGGING_RULES brings it back.
    if (!qEnvironmentVariableIsSet("QT_LOGGING_RULES"))
        QLoggingCategory::defaultCategory()->setEnabled(QtDebugMsg, false);
    qInstallMessageHandler(writeLine);
}

} // namespace facetrack

#pragma once
#include "libfacetrack/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <functional>

namespace facetrack::cli {

/// What came of a program that ran to its end.
struct ProgramEnd
{
    int status = 0; ///< exit status
    QByteArray out, errors;
};

/// How to run one. May be used on any thread.
struct ProgramRun
{
    QString program;
    QStringList arguments;
    QByteArray input = {};
    int seconds = 60;                                ///< killed when neither input nor output moved for so long
    std::function<void(const QByteArray &)> line = {};  ///< each line of its output as it comes
    std::function<void(qint64, qint64)> sent = {};      ///< bytes of the input that are through, of all
};

/// Runs it and waits. NotFound when there is no such program, Unavailable when it hung.
Result<ProgramEnd> runProgram(const ProgramRun &run);

} // namespace facetrack::cli

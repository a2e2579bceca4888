#pragma once
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>

/// The program facetrack, or another one, run to its end.
struct CliRun
{
    int status = -1; ///< -1: it did not end by itself
    QByteArray out, errors;
    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

inline CliRun runToEnd(const QString &program, const QStringList &arguments, const QByteArray &input = {},
                       const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    CliRun run;
    if (!process.waitForFinished(120'000)) {
        process.kill();
        process.waitForFinished();
        return run;
    }
    run.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    run.out = process.readAllStandardOutput();
    run.errors = process.readAllStandardError();
    return run;
}

/// Also where an ordinary user's PATH does not look.
inline QString findProgram(const char *name)
{
    const QString program = QString::fromLatin1(name);
    const QString found = QStandardPaths::findExecutable(program);
    return !found.isEmpty() ? found
                            : QStandardPaths::findExecutable(program, {QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")});
}

#include "console/cli/provision/run_program.h"

#include <QElapsedTimer>
#include <QProcess>
#include <algorithm>

namespace facetrack::cli {

namespace {

constexpr qint64 chunk = 64 * 1024;

/// One run: moves bytes in and out until the program has ended.
class Running
{
public:
    explicit Running(const ProgramRun &run) : m_run(run) {}

    Result<ProgramEnd> toTheEnd()
    {
        m_process.start(m_run.program, m_run.arguments);
        if (!m_process.waitForStarted())
            return fail(ErrorCode::NotFound, m_run.program.toStdString(), "is not installed here");
        m_moved.start();
        feed();
        while (m_process.state() != QProcess::NotRunning) {
            const qint64 waiting = m_process.bytesToWrite();
            if (waiting > 0)
                m_process.waitForBytesWritten(100);
            else
                m_process.waitForReadyRead(100);
            if (m_process.bytesToWrite() != waiting)
                m_moved.restart();
            collect();
            feed();
            if (m_moved.elapsed() > qint64{1000} * m_run.seconds)
                return hung();
        }
        collect();
        if (m_run.line && !m_rest.isEmpty())
            m_run.line(m_rest);
        m_end.status = m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : 255;
        return m_end;
    }

private:
    void feed()
    {
        if (m_closed || m_process.bytesToWrite() > 0 || m_process.state() == QProcess::NotRunning)
            return;
        if (m_run.sent && m_given > 0)
            m_run.sent(m_given, m_run.input.size());
        if (m_given == m_run.input.size()) {
            m_process.closeWriteChannel();
            m_closed = true;
            return;
        }
        const qint64 now = std::min(chunk, m_run.input.size() - m_given);
        m_process.write(m_run.input.constData() + m_given, now);
        m_given += now;
    }

    void collect()
    {
        const QByteArray out = m_process.readAllStandardOutput();
        const QByteArray errors = m_process.readAllStandardError();
        if (!out.isEmpty() || !errors.isEmpty())
            m_moved.restart();
        m_end.out += out;
        m_end.errors += errors;
        if (!m_run.line)
            return;
        m_rest += out;
        for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n')) {
            m_run.line(m_rest.left(end));
            m_rest.remove(0, end + 1);
        }
    }

    Result<ProgramEnd> hung()
    {
        m_process.kill();
        m_process.waitForFinished();
        return fail(ErrorCode::Unavailable, m_run.program.toStdString(),
                    "gave no sign of life for " + std::to_string(m_run.seconds) + " s");
    }

    const ProgramRun &m_run;
    QProcess m_process;
    QElapsedTimer m_moved;
    ProgramEnd m_end;
    QByteArray m_rest;
    qint64 m_given = 0;
    bool m_closed = false;
};

} // namespace

Result<ProgramEnd> runProgram(const ProgramRun &run)
{
    return Running(run).toTheEnd();
}

} // namespace facetrack::cli

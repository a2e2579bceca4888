#include "console/app/demo_agents.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <csignal>
#include <sys/prctl.h>

namespace facetrack::console {

namespace {

/// Beside the console as installed, in the build tree, or in PATH.
QString agentProgram()
{
    const QDir here(QCoreApplication::applicationDirPath());
    for (const char *const path : {"facetrack-agentd", "../agentd/facetrack-agentd"}) {
        const QFileInfo file(here.filePath(QString::fromLatin1(path)));
        if (file.isExecutable())
            return file.absoluteFilePath();
    }
    return QStandardPaths::findExecutable(QStringLiteral("facetrack-agentd"));
}

} // namespace

DemoAgents::DemoAgents(QObject *parent) : QObject(parent) {}

DemoAgents::~DemoAgents()
{
    for (const auto &agent : m_agents) {
        agent->disconnect();
        agent->terminate();
    }
    for (const auto &agent : m_agents)
        if (!agent->waitForFinished(3'000))
            agent->kill();
}

QString DemoAgents::folder()
{
    if (!m_folder)
        m_folder.emplace();
    return m_folder->path();
}

void DemoAgents::start(int count)
{
    const QString program = agentProgram();
    if (program.isEmpty())
        return Q_EMIT failed(tr("facetrack-agentd is not installed here, so there is no demo"));
    for (int number = 1; number <= count; ++number)
        startOne(number, program);
}

void DemoAgents::startOne(int number, const QString &program)
{
    auto agent = std::make_unique<QProcess>();
    QProcess *const process = agent.get();
    process->setStandardErrorFile(QProcess::nullDevice());
    // They go with the console, however it ends.
    process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    connect(process, &QProcess::readyReadStandardOutput, this, [this, process] {
        while (process->canReadLine()) {
            const QByteArray line = process->readLine().trimmed();
            if (line.startsWith("ready "))
                Q_EMIT ready(QString::fromUtf8(line.mid(6).split(' ').first()));
        }
    });
    connect(process, &QProcess::errorOccurred, this,
            [this, process] { Q_EMIT failed(process->errorString()); });
    process->start(program, {QStringLiteral("run"), QStringLiteral("--source"),
                             QStringLiteral("synthetic:booth?seed=%1&people=%2").arg(number).arg(2 + number),
                             QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                             QStringLiteral("--state-dir"),
                             folder() + QStringLiteral("/agent-%1").arg(number),
                             QStringLiteral("--insecure-loopback"), QStringLiteral("--set"),
                             QStringLiteral("agent.id=demo-%1").arg(number), QStringLiteral("--set"),
                             QStringLiteral("time.trust=always")});
    m_agents.push_back(std::move(agent));
}

} // namespace facetrack::console

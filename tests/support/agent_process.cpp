#include "tests/support/agent_process.h"

#include <QDebug>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>
#include <QTimer>
#include <csignal>

namespace {
constexpr int Patience = 60'000; // ms; only a hang comes near it

QStringList runArguments(const QString &source, const QString &stateDirectory, const QStringList &more)
{
    QStringList arguments{QStringLiteral("run"), QStringLiteral("--source"), source,
                          QStringLiteral("--state-dir"), stateDirectory,
                          QStringLiteral("--set"), QStringLiteral("time.trust=always")};
    // One that was there before is started again where others know it.
    if (!more.contains(QStringLiteral("--listen")))
        arguments << QStringLiteral("--listen") << QStringLiteral("127.0.0.1:0");
    return arguments + more;
}
}

QJsonObject HttpAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

HttpAnswer httpGet(const QUrl &url)
{
    QNetworkAccessManager network;
    QNetworkRequest request(url);
    request.setTransferTimeout(Patience);
    QNetworkReply *reply = network.get(request);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    HttpAnswer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = reply->readAll();
    answer.contentType = reply->rawHeader("Content-Type");
    return answer;
}

AgentProcess::AgentProcess(const QStringList &arguments, const QProcessEnvironment &environment)
{
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.start(QStringLiteral(FACETRACK_AGENTD), arguments);
    m_process.waitForStarted();
}

AgentProcess::~AgentProcess()
{
    if (m_process.state() != QProcess::NotRunning)
        kill();
}

bool AgentProcess::waitReady()
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < Patience) {
        if (m_process.canReadLine()) {
            const QByteArray line = m_process.readLine().trimmed();
            const QByteArrayList words = line.split(' '); // ready URL [FINGERPRINT]
            m_url = QUrl(QString::fromUtf8(words.value(1)));
            m_fingerprint = words.value(2);
            return line.startsWith("ready http");
        }
        if (m_process.state() == QProcess::NotRunning)
            break;
        m_process.waitForReadyRead(100);
    }
    qWarning().noquote() << "the agent is not ready:" << errors();
    return false;
}

QUrl AgentProcess::url(const QString &path) const
{
    return m_url.resolved(QUrl(path));
}

bool AgentProcess::waitStatus(const std::function<bool(const QJsonObject &)> &good) const
{
    QElapsedTimer timer;
    timer.start();
    QJsonObject last;
    while (timer.elapsed() < Patience) {
        last = status();
        if (good(last))
            return true;
        QTest::qWait(20);
    }
    qWarning() << "the status never was as awaited; last:" << last;
    return false;
}

int AgentProcess::terminate()
{
    m_process.terminate();
    return waitForEnd();
}

void AgentProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished(Patience);
}

int AgentProcess::waitForEnd()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(Patience))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

std::unique_ptr<AgentProcess> runAgent(const QString &source, const QString &stateDirectory,
                                       const QStringList &more,
                                       const QProcessEnvironment &environment)
{
    return std::make_unique<AgentProcess>(
        runArguments(source, stateDirectory, QStringList{QStringLiteral("--insecure-loopback")} + more),
        environment);
}

std::unique_ptr<AgentProcess> runGuardedAgent(const QString &source, const QString &stateDirectory,
                                              const QStringList &more)
{
    return std::make_unique<AgentProcess>(runArguments(source, stateDirectory, more));
}

QByteArray accessToken(const QString &stateDirectory)
{
    QFile file(stateDirectory + QStringLiteral("/token"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

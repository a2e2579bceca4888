#include "tests/e2e/chaos_actors.h"

#include <QFile>
#include <QRandomGenerator>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace chaos {

namespace {

bool allFree(int first, int count)
{
    std::vector<int> sockets;
    bool free = true;
    for (int port = first; free && port < first + count; ++port) {
        sockets.push_back(::socket(AF_INET, SOCK_STREAM, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        free = ::bind(sockets.back(), reinterpret_cast<const sockaddr *>(&address), sizeof address)
               == 0;
    }
    for (const int socket : sockets)
        ::close(socket);
    return free;
}

} // namespace

std::uint16_t freePorts(int count)
{
    // Below those that the kernel gives to others by itself.
    for (;;) {
        const int first = QRandomGenerator::global()->bounded(20'000, 32'000);
        if (allFree(first, count))
            return static_cast<std::uint16_t>(first);
    }
}

Database::Database(const QString &directory)
    : Actor(QStringLiteral("the database")),
      m_arguments{QStringLiteral("--nodes"), QStringLiteral("2"), QStringLiteral("--file"),
                  directory + QStringLiteral("/crate")},
      m_port(freePorts(3))
{
}

void Database::start()
{
    m_fake.reset();
    m_fake = std::make_unique<FakeCrate>(m_arguments
                                         + QStringList{QStringLiteral("--port"),
                                                       QString::number(m_port),
                                                       QStringLiteral("--control-port"),
                                                       QString::number(m_port + 2)});
}

QString Database::urls() const
{
    return QStringLiteral("http://127.0.0.1:%1,http://127.0.0.1:%2").arg(m_port).arg(m_port + 1);
}

void Writer::run(const QString &rate)
{
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::SeparateChannels);
    m_process->setStandardErrorFile(m_journal + QStringLiteral(".log"));
    m_process->start(QStringLiteral(UPLOAD_WRITER),
                     QStringList{m_journal, name(), QStringLiteral("%1").arg(++m_runs, 16, 16, QLatin1Char('0')), rate}
                         + m_destination);
    m_process->waitForStarted();
}

void Writer::stopHard()
{
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished(20'000);
    m_process.reset();
}

bool Writer::drain()
{
    stopHard();
    run(QStringLiteral("0"));
    const bool ended = m_process->waitForFinished(90'000) && m_process->exitCode() == 0;
    stopHard();
    if (!ended)
        qWarning("%s does not end: %s", qPrintable(name()), log().constData());
    return ended;
}

QByteArray Writer::log() const
{
    QFile file(m_journal + QStringLiteral(".log"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().right(4'000) : QByteArray();
}

} // namespace chaos

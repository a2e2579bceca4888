#include "tests/support/notify_socket.h"

#include <algorithm>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

NotifySocket::NotifySocket() : m_path(m_folder.filePath(QStringLiteral("notify")).toUtf8())
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(m_path.begin(), m_path.end(), address.sun_path);
    m_socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        qFatal("cannot listen at %s", m_path.constData());
}

NotifySocket::~NotifySocket()
{
    ::close(m_socket);
}

QProcessEnvironment NotifySocket::environment(int limitMilliseconds) const
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("NOTIFY_SOCKET"), QString::fromUtf8(m_path));
    if (limitMilliseconds > 0)
        environment.insert(QStringLiteral("WATCHDOG_USEC"),
                           QString::number(limitMilliseconds * 1000));
    return environment;
}

void NotifySocket::receive()
{
    char buffer[4096];
    for (;;) {
        const ssize_t size = ::recv(m_socket, buffer, sizeof buffer, 0);
        if (size < 0)
            return;
        const QByteArray message(buffer, static_cast<qsizetype>(size));
        for (const QByteArray &line : message.split('\n')) {
            ready += line == "READY=1" ? 1 : 0;
            stopping += line == "STOPPING=1" ? 1 : 0;
            alive += line == "WATCHDOG=1" ? 1 : 0;
            if (line == "READY=1" || line == "WATCHDOG=1")
                sinceAlive.start();
            if (line.startsWith("STATUS="))
                status = line.mid(7);
        }
    }
}

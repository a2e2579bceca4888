// Requests do not wait for delayed acknowledgements.
#include "libfacetrack/net/low_delay.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace {

bool hasNoDelay(const QTcpSocket &socket)
{
    int on = -1;
    socklen_t size = sizeof on;
    const int descriptor = static_cast<int>(socket.socketDescriptor());
    return ::getsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, &size) == 0 && on != 0;
}

} // namespace

class TestLowDelay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyConnectionsToThatPortAreChanged_data()
    {
        QTest::addColumn<QHostAddress>("address");
        QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost);
        QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6);
    }
    void onlyConnectionsToThatPortAreChanged()
    {
        QFETCH(QHostAddress, address);
        QTcpServer server;
        QTcpServer other;
        if (!server.listen(address) || !other.listen(address))
            QSKIP("this machine has no such loopback address");
        QTcpSocket wanted;
        QTcpSocket bystander;
        wanted.connectToHost(address, server.serverPort());
        bystander.connectToHost(address, other.serverPort());
        QVERIFY(wanted.waitForConnected(10'000) && bystander.waitForConnected(10'000));
        QVERIFY(!hasNoDelay(wanted));

        facetrack::net::sendWithoutDelay(server.serverPort());

        QVERIFY(hasNoDelay(wanted));
        QVERIFY(!hasNoDelay(bystander));
    }
};

QTEST_GUILESS_MAIN(TestLowDelay)
#include "test_low_delay.moc"

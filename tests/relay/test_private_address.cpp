// Which addresses count as this machine or a private network.
#include "libfacetrack/relay/access.h"

#include <QTest>

using namespace facetrack;

class TestPrivateAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void networksAreTakenForWhatTheyAre()
    {
        for (const char *address : {"127.0.0.1", "127.9.9.9", "10.0.0.1", "10.255.255.255",
                                    "172.16.0.1", "172.31.255.255", "192.168.7.7", "169.254.1.1",
                                    "::1", "fd00::1", "fe80::1"})
            QVERIFY2(isPrivateAddress(address), address);
        for (const char *address : {"", "localhost", "8.8.8.8", "9.255.255.255", "11.0.0.0",
                                    "172.15.0.1", "172.32.0.1", "192.167.1.1", "192.169.1.1",
                                    "169.253.1.1", "0.0.0.0", "2001:db8::1", "::2", "fec0::1"})
            QVERIFY2(!isPrivateAddress(address), address);
    }
};

QTEST_GUILESS_MAIN(TestPrivateAddress)
#include "test_private_address.moc"

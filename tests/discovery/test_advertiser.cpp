// The advertiser on a machine whose D-Bus or Avahi is not there, or comes later.
#include "libfacetrack/discovery/advertiser.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace facetrack;

class TestAdvertiser : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    static QString trouble(const Advertiser &advertiser)
    {
        const auto state = advertiser.state();
        return state ? QString::fromStdString(state->trouble) : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + QFile::encodeName(m_folder.filePath(QStringLiteral("bus"))));
    }

    void aBusThatComesLaterIsFound()
    {
        const QString daemon = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        if (daemon.isEmpty())
            QSKIP("no dbus-daemon");
        QTest::failOnWarning(QRegularExpression(QStringLiteral("startTimer")));
        Advertiser advertiser;
        advertiser.start({"someone", "Someone", "counter", "1.0", 7420, true});
        QTRY_COMPARE(trouble(advertiser), QStringLiteral("there is no D-Bus"));

        QFile settings(m_folder.filePath(QStringLiteral("conf")));
        QVERIFY(settings.open(QIODevice::WriteOnly));
        settings.write("<busconfig><type>system</type><listen>" + qgetenv("DBUS_SYSTEM_BUS_ADDRESS")
                       + "</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
                         "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
        settings.close();
        QProcess bus;
        bus.start(daemon, {QStringLiteral("--nofork"), QStringLiteral("--config-file"), settings.fileName()});
        QVERIFY(bus.waitForStarted());
        QTRY_COMPARE_WITH_TIMEOUT(trouble(advertiser), QStringLiteral("Avahi does not run on this machine"),
                                  30'000);
        advertiser.stop();
        bus.terminate();
        QVERIFY(bus.waitForFinished());
    }
};

QTEST_GUILESS_MAIN(TestAdvertiser)
#include "test_advertiser.moc"

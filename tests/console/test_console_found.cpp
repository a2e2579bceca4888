// The console as it is started: it finds agents by the database of the venue in use. (DNS-SD needs networks
// of its own: tests/discovery/two_networks.py.)
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/support/agent_process.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr int Patience = 60'000; // ms, for a busy machine

int viewers(const AgentProcess &agent)
{
    return agent.status()[u"stream"][u"viewers"].toInt();
}

} // namespace

class TestConsoleFound : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theVenuesDatabaseTellsTheConsoleWhereAgentsAre()
    {
        const FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        QVERIFY(crate.isReady());
        QCOMPARE(QProcess::execute(QStringLiteral(FACETRACK_AGENTD),
                                   {QStringLiteral("database"), QStringLiteral("--url"), crate.url(), QStringLiteral("--apply")}),
                 0);
        QTemporaryDir state, config;
        const auto start = [&] {
            return runAgent(QStringLiteral("synthetic:still?size=160x120&fps=5"), state.path(),
                            {QStringLiteral("--set"), QStringLiteral("upload.urls=%1").arg(crate.url()), QStringLiteral("--set"),
                             QStringLiteral("upload.heartbeat_seconds=1")});
        };
        auto agent = start();
        QVERIFY(agent->waitReady());

        const QString file = config.filePath(QStringLiteral("console.ini"));
        {
            QSettings settings(file, QSettings::IniFormat);
            const QJsonObject venue{{QStringLiteral("name"), QStringLiteral("Berlin")},
                                    {QStringLiteral("databases"), QJsonArray{crate.url()}},
                                    {QStringLiteral("schema"), QStringLiteral("facetrack")}};
            settings.setValue(QStringLiteral("venues/profiles"),
                              QString::fromUtf8(QJsonDocument(QJsonArray{venue}).toJson(QJsonDocument::Compact)));
            settings.setValue(QStringLiteral("venues/active"), QStringLiteral("Berlin"));
        }
        QProcess console;
        console.setProcessChannelMode(QProcess::ForwardedChannels);
        console.start(QStringLiteral(FACETRACK_CONSOLE), {QStringLiteral("--settings"), file, QStringLiteral("--no-keychain")});
        QVERIFY(console.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(viewers(*agent) == 1, Patience); // on the wall

        agent->kill();
        agent = start(); // at another port, which the next heartbeat tells
        QVERIFY(agent->waitReady());
        QTRY_VERIFY_WITH_TIMEOUT(viewers(*agent) == 1, Patience);

        console.terminate();
        QVERIFY(console.waitForFinished(Patience));
        QCOMPARE(console.exitStatus(), QProcess::NormalExit);
        QCOMPARE(console.exitCode(), 0);
        QVERIFY(!QSettings(file, QSettings::IniFormat).value(QStringLiteral("window/state")).isNull()); // kept at the end
    }
};

QTEST_GUILESS_MAIN(TestConsoleFound)
#include "test_console_found.moc"

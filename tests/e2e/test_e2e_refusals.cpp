// Bad input: each is refused clearly, and nothing hangs.
#include "tests/support/agent_process.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

namespace {

constexpr int Patience = 60'000; // ms; only a hang comes near it
const QString Booth = QStringLiteral("synthetic:booth?size=320x240&people=1");

QByteArray talk(const AgentProcess &agent, const QByteArray &bytes)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(agent.url().port()));
    if (!socket.waitForConnected(Patience))
        return {};
    socket.write(bytes);
    QByteArray answer;
    while (!answer.contains("\r\n\r\n") && socket.waitForReadyRead(Patience))
        answer += socket.readAll();
    return answer;
}

} // namespace

class TestE2eRefusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startIsRefusedWithOneClearLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("words");
        const auto run = [](const QStringList &more) {
            return QStringList{QStringLiteral("run"), QStringLiteral("--listen"),
                               QStringLiteral("127.0.0.1:0")} + more;
        };
        const auto set = [&](const char *pair) {
            return run({QStringLiteral("--source"), Booth, QStringLiteral("--set"),
                        QLatin1String(pair)});
        };
        QTest::newRow("no source") << run({}) << QByteArray("source");
        QTest::newRow("unknown scheme")
            << run({QStringLiteral("--source"), QStringLiteral("camera:0")}) << QByteArray("camera");
        QTest::newRow("missing file")
            << run({QStringLiteral("--source"), QStringLiteral("file:/no/such.mp4")})
            << QByteArray("/no/such.mp4");
        QTest::newRow("unknown option of a source")
            << run({QStringLiteral("--source"), QStringLiteral("synthetic:booth?poeple=3")})
            << QByteArray("people");
        QTest::newRow("unknown key") << set("detect.min_neighbours=3")
                                     << QByteArray("detect.min_neighbors");
        QTest::newRow("value beyond its limits") << set("detect.scale_factor=9")
                                                 << QByteArray("1.01");
        QTest::newRow("value of another type") << set("stream.quality=high") << QByteArray("high");
        QTest::newRow("malformed address") << set("http.listen=nonsense") << QByteArray("nonsense");
        QTest::newRow("unwritable state directory")
            << run({QStringLiteral("--source"), Booth, QStringLiteral("--state-dir"),
                    QStringLiteral("/proc/facetrack")})
            << QByteArray("/proc/facetrack");
        QTest::newRow("health of another machine")
            << QStringList{QStringLiteral("health"), QStringLiteral("https://192.0.2.1:7420/healthz")}
            << QByteArray("192.0.2.1");
        QTest::newRow("a token where no relay is")
            << QStringList{QStringLiteral("relay"), QStringLiteral("token"), QStringLiteral("--agent"), QStringLiteral("pi"),
                           QStringLiteral("--state-dir"), QStringLiteral("/no/such")}
            << QByteArray("a token is made where the relay is");
        QTest::newRow("unknown subcommand") << QStringList{QStringLiteral("walk")} << QByteArray("walk");
    }

    void startIsRefusedWithOneClearLine()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, words);
        QTemporaryDir state;
        if (!arguments.contains(QStringLiteral("--state-dir")) && arguments.first() == u"run")
            arguments << QStringLiteral("--state-dir") << state.path();
        AgentProcess agent(arguments);
        QCOMPARE(agent.waitForEnd(), 2);
        const QByteArray errors = agent.errors();
        QVERIFY2(errors.contains(words), errors.constData());
        QVERIFY2(!errors.contains("terminate called"), errors.constData());
    }

    void aPortInUseIsNamed()
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        QTemporaryDir state;
        AgentProcess agent({QStringLiteral("run"), QStringLiteral("--source"), Booth,
                            QStringLiteral("--state-dir"), state.path(), QStringLiteral("--listen"),
                            QStringLiteral("127.0.0.1:%1").arg(taken.serverPort())});
        QCOMPARE(agent.waitForEnd(), 2);
        QVERIFY2(agent.errors().contains(QByteArray::number(taken.serverPort())),
                 agent.errors().constData());
    }

    void aReadOnlyStateDirectoryIsNamed()
    {
        if (::geteuid() == 0)
            QSKIP("root may write everywhere; run as another user to test this");
        QTemporaryDir state;
        QVERIFY(QFile::setPermissions(state.path(), QFileDevice::ReadOwner | QFileDevice::ExeOwner));
        auto agent = runAgent(Booth, state.path());
        QCOMPARE(agent->waitForEnd(), 2);
        QVERIFY2(agent->errors().contains(state.path().toUtf8()), agent->errors().constData());
    }

    void aWrongSettingsFileIsRefusedWithFileAndLine()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("agentd.toml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[detect]\n\nmin_neighbors = 99\n");
        file.close();
        auto agent = runAgent(Booth, folder.path(), {QStringLiteral("--config"), file.fileName()});
        QCOMPARE(agent->waitForEnd(), 2);
        const QByteArray errors = agent->errors();
        QVERIFY2(errors.contains("agentd.toml:3") && errors.contains("detect.min_neighbors"),
                 errors.constData());
    }

    void strangeRequestsAreRefusedAndTheAgentGoesOn()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        QVERIFY(talk(*agent, "GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                    .startsWith("HTTP/1.1 404"));
        QVERIFY(talk(*agent, "GET /api/v1/status HTTP/1.1\r\nHost: x\r\n\r\n")
                    .startsWith("HTTP/1.1 403"));
        QVERIFY(talk(*agent, "DELETE /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                    .startsWith("HTTP/1.1 405"));
        QVERIFY(talk(*agent, "DELETE /api/v1/status HTTP/1.1\r\nHost: x\r\n\r\n")
                    .startsWith("HTTP/1.1 403"));
        QVERIFY(talk(*agent, "nonsense\r\n\r\n").startsWith("HTTP/1.1 400"));
        QVERIFY(talk(*agent, "GET / HTTP/1.1\r\nX: " + QByteArray(100 * 1024, 'a') + "\r\n\r\n")
                    .startsWith("HTTP/1.1 431"));
        QVERIFY(talk(*agent, "POST /api/v1/status HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n")
                    .startsWith("HTTP/1.1 4"));
        QTcpSocket half;
        half.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(agent->url().port()));
        QVERIFY(half.waitForConnected(Patience));
        half.write("GET /api/v1/sta");
        QVERIFY(half.waitForBytesWritten(Patience));
        QCOMPARE(agent->get(QStringLiteral("healthz")).status, 200);
        QCOMPARE(agent->terminate(), 0);
    }
};

QTEST_GUILESS_MAIN(TestE2eRefusals)
#include "test_e2e_refusals.moc"

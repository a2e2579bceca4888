// Whom the client talks to: certificates, tokens, and the words when something is wrong.
#include "libfacetrack/client/agent_client.h"
#include "libfacetrack/client/agent_events.h"
#include "tests/support/tls_agent.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <algorithm>
#include <optional>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

constexpr AgentLimits quick{2'000ms, 2'000ms};

template<typename T, typename Start>
AgentResult<T> wait(Start start)
{
    QObject context;
    std::optional<AgentResult<T>> answer;
    start(&context, AgentClient::Done<T>([&](AgentResult<T> came) { answer = std::move(came); }));
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 30'000)) {
        AgentFailure never;
        never.message = "never called back";
        return tl::unexpected(never);
    }
    return std::move(*answer);
}

AgentResult<AgentInfo> askWho(AgentClient &client)
{
    return wait<AgentInfo>([&](QObject *context, auto done) { client.agent(context, std::move(done)); });
}

AgentResult<AgentTuning> askTuning(AgentClient &client)
{
    return wait<AgentTuning>([&](QObject *context, auto done) { client.tuning(context, std::move(done)); });
}

} // namespace

class TestAgentClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstSightTellsTheFingerprintAndHoldsTheTokenBack()
    {
        TlsAgent agent("secret");
        AgentClient client({agent.url(), {}, "secret"}, quick);
        const auto info = askWho(client);
        QVERIFY2(info, info ? "" : describe(info.error()).c_str());
        QCOMPARE(info->id, std::string("cam-tls"));
        QCOMPARE(client.fingerprint(), agent.fingerprint());
        QCOMPARE(agent.authorizations(), QList<QByteArray>{QByteArray()});
        QCOMPARE(askTuning(client).error().trouble, AgentTrouble::Token);
    }

    void theTokenGoesToThePinnedCertificate()
    {
        TlsAgent agent("secret");
        AgentClient client({agent.url(), agent.fingerprint(), "secret"}, quick);
        const auto tuning = askTuning(client);
        QVERIFY2(tuning, tuning ? "" : describe(tuning.error()).c_str());
        QCOMPARE(tuning->etag, std::string("\"1.x\""));
        QCOMPARE(agent.authorizations(), QList<QByteArray>{"Bearer secret"});
    }

    void nothingIsSentToAnotherCertificate()
    {
        TlsAgent agent("secret");
        const std::string before = agent.fingerprint();
        AgentClient client({agent.url(), before, "secret"}, quick);
        QVERIFY(askTuning(client));
        agent.changeCertificate();
        const int requests = agent.requests();
        for (int i = 0; i < 3; ++i) { // and a session that is taken up again changes nothing
            const auto refused = askTuning(client);
            QVERIFY(!refused);
            QCOMPARE(refused.error().trouble, AgentTrouble::Fingerprint);
            QCOMPARE(refused.error().fingerprint, agent.fingerprint());
            const std::string words = describe(refused.error());
            QVERIFY(words.find(before) != words.npos && words.find(agent.fingerprint()) != words.npos);
        }
        QTest::qWait(50);
        QCOMPARE(agent.requests(), requests);
    }

    void aWrongTokenIsSaidWithWhatToDo()
    {
        TlsAgent agent("secret");
        AgentClient client({agent.url(), agent.fingerprint(), "wrong"}, quick);
        const auto refused = askTuning(client);
        QCOMPARE(refused.error().trouble, AgentTrouble::Token);
        QVERIFY(refused.error().advice.find("facetrack-agentd token") != std::string::npos);
    }

    void theOtherSchemeIsNamed()
    {
        TlsAgent agent("secret");
        AgentClient plain({withOtherScheme(agent.url()), {}, {}}, quick);
        const auto asPlain = askWho(plain);
        QVERIFY(!asPlain);
        QCOMPARE(asPlain.error().trouble, AgentTrouble::Scheme);
        QVERIFY(asPlain.error().advice.find(agent.url()) != std::string::npos);

        QTcpServer http;
        QVERIFY(http.listen(QHostAddress::LocalHost));
        connect(&http, &QTcpServer::newConnection, &http, [&] {
            QTcpSocket *socket = http.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                socket->disconnectFromHost();
            });
        });
        AgentClient secure({"https://127.0.0.1:" + std::to_string(http.serverPort()), {}, {}}, quick);
        QCOMPARE(askWho(secure).error().trouble, AgentTrouble::Scheme);
    }

    void silenceEndsInTime()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        AgentClient client({"http://127.0.0.1:" + std::to_string(silent.serverPort()), {}, {}},
                           {300ms, 300ms});
        QElapsedTimer timer;
        timer.start();
        const auto refused = askWho(client);
        QCOMPARE(refused.error().trouble, AgentTrouble::Unreachable);
        QVERIFY(!refused.error().advice.empty());
        QVERIFY(timer.elapsed() < 5'000);
    }

    void nobodyIsCalledWhoHasGone()
    {
        TlsAgent agent("secret");
        AgentClient client({agent.url(), {}, {}}, quick);
        int called = 0;
        {
            QObject view;
            client.agent(&view, [&](const AgentResult<AgentInfo> &) { ++called; });
        }
        QVERIFY(askWho(client));
        QCOMPARE(called, 0);
        auto *own = new AgentClient({agent.url(), {}, {}}, quick);
        own->agent(this, [&](const AgentResult<AgentInfo> &) { // may destroy the client
            ++called;
            delete own;
        });
        QTRY_COMPARE(called, 1);
        QTest::qWait(20);
    }

    void anotherAccessAnswersWhoStillWaits()
    {
        TlsAgent agent("secret");
        AgentClient client({agent.url(), {}, {}}, quick);
        std::optional<AgentTrouble> trouble;
        client.agent(this, [&](const AgentResult<AgentInfo> &answer) {
            trouble = answer ? std::nullopt : std::optional(answer.error().trouble);
        });
        client.setAccess({agent.url(), agent.fingerprint(), "secret"});
        QTRY_VERIFY(trouble.has_value());
        QCOMPARE(*trouble, AgentTrouble::Unreachable);
        QVERIFY(askTuning(client));
    }

    void changesAreMadeOneAfterTheOtherInTheirOrder()
    {
        TlsAgent agent("secret");
        AgentClient client({agent.url(), agent.fingerprint(), "secret"}, quick);
        QList<int> answered;
        int asked = 0;
        for (int i = 0; i < 12; ++i) {
            client.send("PATCH", "/api/v1/number/" + std::to_string(i), nullptr, this,
                        [&, i](const AgentResult<nlohmann::json> &answer) {
                            if (answer)
                                answered << i;
                        });
            client.agent(this, [&](const AgentResult<AgentInfo> &) { ++asked; });
        }
        QTRY_COMPARE(answered.size(), 12);
        QTRY_COMPARE(asked, 12);
        QVERIFY(std::is_sorted(answered.begin(), answered.end()));
        QList<QByteArray> changes;
        for (const QByteArray &text : agent.texts()) {
            if (text.startsWith("PATCH"))
                changes << text.left(text.indexOf(" HTTP/"));
        }
        QCOMPARE(changes.size(), 12);
        for (int i = 0; i < 12; ++i)
            QCOMPARE(changes.at(i), "PATCH /api/v1/number/" + QByteArray::number(i));
    }

    void eventsOfAnotherCertificateAreNotTriedAgain()
    {
        TlsAgent agent("secret");
        std::optional<AgentTrouble> refused;
        int lost = 0;
        AgentEvents::Handlers handlers;
        handlers.refused = [&](const AgentFailure &why) { refused = why.trouble; };
        handlers.lost = [&](const AgentFailure &, std::chrono::milliseconds) { ++lost; };
        AgentEvents events({agent.url(), fingerprintText(std::string(64, '0')), "secret"}, handlers, quick);
        events.start();
        QTRY_VERIFY(refused.has_value());
        QCOMPARE(*refused, AgentTrouble::Fingerprint);
        QCOMPARE(lost, 0);
        QCOMPARE(agent.requests(), 0);
    }

    void eventsGoOnWhereTheyLeftOff()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QList<QByteArray> heads;
        connect(&server, &QTcpServer::newConnection, &server, [&] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [&heads, socket] {
                heads << socket->readAll();
                const QByteArray number = QByteArray::number(heads.size());
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nid: r-" + number
                              + "\nevent: tuning\ndata: {\"revision\":" + number + "}\n\n");
                socket->disconnectFromHost();
            });
        });
        QList<int> revisions;
        int connected = 0;
        QList<std::chrono::milliseconds> pauses;
        AgentEvents::Handlers handlers;
        handlers.event = [&](const AgentEvent &event) {
            revisions << event.data.value("revision", 0);
        };
        handlers.connected = [&] { ++connected; };
        handlers.lost = [&](const AgentFailure &, std::chrono::milliseconds pause) { pauses << pause; };
        AgentEvents events({"http://127.0.0.1:" + std::to_string(server.serverPort()), {}, {}}, handlers,
                           quick);
        events.start();
        QTRY_VERIFY(revisions.size() >= 2);
        events.stop();
        QCOMPARE(revisions.first(), 1);
        QCOMPARE(revisions.at(1), 2);
        QVERIFY(connected >= 2);
        QVERIFY(pauses.first() > 0ms);
        QVERIFY(!heads.first().toLower().contains("last-event-id"));
        QVERIFY2(heads.at(1).toLower().contains("last-event-id: r-1\r\n"), heads.at(1).constData());
    }
};

QTEST_GUILESS_MAIN(TestAgentClient)
#include "test_agent_client.moc"

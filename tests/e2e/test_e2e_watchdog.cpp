// What a real agent tells systemd: ready, alive while frames flow, nothing once it hangs. The test
// stands in systemd's place. And what it tells people.
#include "tests/support/agent_process.h"
#include "tests/support/http_send.h"
#include "tests/support/notify_socket.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>
#include <opencv2/imgcodecs.hpp>

namespace {

constexpr int Limit = 1500; // ms, the watchdog's
constexpr int Patience = 60'000;

QString phase(const QJsonObject &status)
{
    return status[u"source"][u"state"].toString();
}

} // namespace

class TestE2eWatchdog : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<NotifySocket> m_systemd;

    std::unique_ptr<AgentProcess> run(const QString &source, int limit = Limit,
                                      const QStringList &more = {})
    {
        auto agent = runAgent(source, m_state->path(), more, m_systemd->environment(limit));
        if (!agent->waitReady())
            return nullptr;
        return agent;
    }
    int alive()
    {
        m_systemd->receive();
        return m_systemd->alive;
    }
    QByteArray status()
    {
        m_systemd->receive();
        return m_systemd->status;
    }

private Q_SLOTS:
    void init()
    {
        m_state = std::make_unique<QTemporaryDir>();
        m_systemd = std::make_unique<NotifySocket>();
    }

    void itIsReadyThenAliveWhileFramesFlowAndSaysThatItStops()
    {
        const auto agent = run(QStringLiteral("synthetic:booth?size=160x120&fps=30"));
        QVERIFY(agent);
        QTRY_VERIFY_WITH_TIMEOUT((m_systemd->receive(), m_systemd->ready == 1), Patience);
        for (int signs = 1; signs <= 4; ++signs) {
            QTRY_VERIFY_WITH_TIMEOUT(alive() >= signs, Patience);
            QVERIFY2(!status().startsWith("hangs"), status().constData());
        }
        QTRY_VERIFY2_WITH_TIMEOUT(status().startsWith("source running"), status().constData(),
                                  Patience);
        const QJsonObject service = agent->status()[u"service"].toObject();
        QVERIFY(service[u"managed"].toBool());
        QCOMPARE(service[u"watchdog_s"].toDouble(), Limit / 1000.0);
        QCOMPARE(agent->terminate(), 0);
        m_systemd->receive();
        QCOMPARE(m_systemd->stopping, 1);
        QCOMPARE(m_systemd->ready, 1);
    }

    void aFrozenSourceEndsTheSignsOfLifeThoughTheAgentStillAnswers()
    {
        const auto agent = run(QStringLiteral("synthetic:still?size=160x120&fps=30&freeze_after=60"));
        QVERIFY(agent);
        QTRY_VERIFY_WITH_TIMEOUT(alive() >= 1, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(status().startsWith("hangs: no frame from the source"), Patience);
        const int before = alive();
        QTRY_VERIFY_WITH_TIMEOUT((m_systemd->receive(), m_systemd->sinceAlive.elapsed() > 2 * Limit),
                                 Patience); // systemd would have ended it by now
        QCOMPARE(alive(), before);
        QCOMPARE(agent->get(QStringLiteral("api/v1/status")).status, 200);
        QVERIFY(agent->errors().contains("systemd is going to start this service again"));
        QCOMPARE(agent->terminate(), 0);
    }

    void itStaysAliveWhileASourceThatIsGoneIsOpenedAgain()
    {
        const QString pictures = m_state->filePath(QStringLiteral("pictures"));
        QVERIFY(QDir().mkpath(pictures));
        const cv::Mat grey(120, 160, CV_8UC3, cv::Scalar(90, 90, 90));
        QVERIFY(cv::imwrite((pictures + QStringLiteral("/1.png")).toStdString(), grey));
        const auto agent = run(QStringLiteral("images:%1?loop=1&fps=30").arg(pictures));
        QVERIFY(agent);
        QVERIFY(agent->waitStatus(
            [](const QJsonObject &s) { return phase(s) == QStringLiteral("running"); }));
        QVERIFY(QDir(pictures).removeRecursively());
        const auto restarted = httpSend("POST", agent->url(QStringLiteral("api/v1/source/restart")));
        QVERIFY(restarted.status == 200 || restarted.status == 202);
        QVERIFY(agent->waitStatus(
            [](const QJsonObject &s) { return phase(s) == QStringLiteral("failed"); }));
        const int before = alive();
        QTRY_VERIFY_WITH_TIMEOUT(alive() >= before + 6, Patience); // twice the limit
        QVERIFY(phase(agent->status()) != QStringLiteral("running"));
        QTRY_VERIFY_WITH_TIMEOUT(status().startsWith("source failed"), Patience);
        QVERIFY(!agent->errors().contains("systemd is going to"));
    }

    void aFileThatHasEndedIsNoFreeze()
    {
        const auto agent = run(QStringLiteral("synthetic:booth?size=160x120&fps=60&frames=10"));
        QVERIFY(agent);
        QVERIFY(agent->waitStatus(
            [](const QJsonObject &s) { return phase(s) == QStringLiteral("ended"); }));
        const int before = alive();
        QTRY_VERIFY_WITH_TIMEOUT(alive() >= before + 6, Patience);
    }

    void detectionHeldToItsBudgetIsNoFreeze()
    {
        const auto agent = run(QStringLiteral("synthetic:booth?size=640x480&fps=30"), Limit,
                               {QStringLiteral("--set"), QStringLiteral("detect.cpu_budget=1"),
                                QStringLiteral("--set"), QStringLiteral("detect.detector=haar")});
        QVERIFY(agent);
        QTRY_VERIFY_WITH_TIMEOUT(alive() >= 6, Patience);
        QVERIFY(!agent->errors().contains("systemd is going to"));
    }

    void withoutAWatchdogItOnlySaysHowItIs()
    {
        const auto agent = run(QStringLiteral("synthetic:still?size=160x120&fps=30"), 0);
        QVERIFY(agent);
        QTRY_VERIFY_WITH_TIMEOUT((m_systemd->receive(), m_systemd->ready == 1), Patience);
        QVERIFY(status().startsWith("source "));
        QVERIFY(agent->status()[u"service"][u"watchdog_s"].isNull());
        QCOMPARE(agent->terminate(), 0);
        QCOMPARE(alive(), 0);
        QCOMPARE(m_systemd->stopping, 1);
    }

    void aRelayTellsTheSame()
    {
        const QStringList place{QStringLiteral("--state-dir"), m_state->path()};
        AgentProcess secret(QStringList{QStringLiteral("relay"), QStringLiteral("secret")} + place);
        QCOMPARE(secret.waitForEnd(), 0);
        AgentProcess relay(QStringList{QStringLiteral("relay"), QStringLiteral("--listen"),
                                       QStringLiteral("127.0.0.1:0")} + place,
                           m_systemd->environment(Limit));
        QVERIFY(relay.waitReady());
        QTRY_VERIFY_WITH_TIMEOUT(alive() >= 3, Patience);
        QCOMPARE(m_systemd->ready, 1);
        QCOMPARE(relay.terminate(), 0);
        m_systemd->receive();
        QCOMPARE(m_systemd->stopping, 1);
    }

    void aLowDiskIsToldInStatusEventAndMetricsAndTheAgentStaysHealthy()
    {
        const auto agent = run(QStringLiteral("synthetic:still?size=160x120&fps=30"), 0,
                               {QStringLiteral("--set"),
                                QStringLiteral("health.min_disk_megabytes=900000000")});
        QVERIFY(agent);
        const QJsonObject status = agent->status();
        const QJsonObject health = status[u"health"].toObject();
        QVERIFY(health[u"disk_free_bytes"].toDouble() > 0);
        QVERIFY(health[u"load"].toArray().size() == 3);
        const QJsonObject warning = health[u"warnings"].toArray().at(0).toObject();
        QCOMPARE(warning[u"code"].toString(), QStringLiteral("disk_low"));
        QVERIFY(warning[u"message"].toString().contains(m_state->path()));
        QVERIFY(!warning[u"advice"].toString().isEmpty());
        QVERIFY(status[u"healthy"].toBool());
        QCOMPARE(agent->get(QStringLiteral("healthz")).status, 200);
        const QByteArray metrics = agent->get(QStringLiteral("metrics")).body;
        QVERIFY(metrics.contains("code=\"disk_low\"} 1\n"));
        QVERIFY(metrics.contains("facetrack_disk_free_bytes{"));
        EventListener listener(agent->url(QStringLiteral("api/v1/events")));
        const QJsonObject event = listener.next("warning").data;
        QCOMPARE(event[u"machine"][0][u"code"].toString(), QStringLiteral("disk_low"));
    }
};

QTEST_GUILESS_MAIN(TestE2eWatchdog)
#include "test_e2e_watchdog.moc"

// The last seconds of a running agent are frozen, and settings tried on them, over HTTP.
#include "tests/support/http_send.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=4&size=640x424");

/// What a set of settings did.
QJsonObject setOf(const QJsonObject &answer, int index)
{
    return answer[u"evaluation"][u"sets"][index].toObject();
}

} // namespace

class TestE2eClip : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_state;
    std::unique_ptr<AgentProcess> m_agent;

    HttpExchange send(const QByteArray &method, const QString &path, const QByteArray &body = {}) const
    {
        return httpSend(method, m_agent->url(QStringLiteral("api/v1/clip") + path), body);
    }
    QString trial() const
    {
        return send("GET", {}).json()[u"evaluation"][u"state"].toString();
    }
    int analysed() const { return m_agent->status()[u"detection"][u"frames"].toInt(); }
    /// Freezes once a second of frames is there.
    HttpExchange freeze()
    {
        HttpExchange frozen;
        const auto isLong = [&] {
            frozen = send("POST", {}, R"({"seconds": 2})");
            return frozen.json()[u"clip"][u"seconds"].toDouble() >= 1;
        };
        [&] { QTRY_VERIFY_WITH_TIMEOUT(isLong(), 60'000); }();
        return frozen;
    }

private Q_SLOTS:
    void init()
    {
        m_agent = runAgent(Booth, m_state.path());
        QVERIFY(m_agent->waitReady());
    }
    void cleanup() { m_agent.reset(); }

    void setsAreTriedWhileTheAgentGoesOn()
    {
        QVERIFY(send("GET", {}).json()[u"clip"].isNull());
        const HttpExchange frozen = freeze();
        QCOMPARE(frozen.status, 201);
        const QJsonObject clip = frozen.json()[u"clip"].toObject();
        QCOMPARE(clip[u"width"].toInt(), 640);
        QVERIFY(clip[u"frames"].toInt() >= 10);
        QCOMPARE(clip[u"asked_seconds"].toDouble(), 2.0);
        const int before = analysed();
        const HttpExchange begun = send("POST", QStringLiteral("/evaluate"), R"({"sets": [
            {"name": "now"}, {"name": "blind", "tuning": {"detect": {"min_size": "600x400"}}}]})");
        QCOMPARE(begun.status, 202);
        QTRY_COMPARE_WITH_TIMEOUT(trial(), QStringLiteral("done"), 120'000);
        QVERIFY(analysed() > before);

        const QJsonObject done = send("GET", {}).json();
        const QJsonObject now = setOf(done, 0), blind = setOf(done, 1);
        QVERIFY(now[u"faces_per_frame"].toDouble() > 0);
        QVERIFY(now[u"cpu_ms"].toDouble() > 0);
        QCOMPARE(blind[u"faces_per_frame"].toDouble(), 0.0);
        const QJsonArray differing = blind[u"differing"].toArray();
        QVERIFY(!differing.isEmpty());
        QVERIFY(!differing[0][u"first"].toArray().isEmpty());
        const HttpAnswer picture = send(
            "GET", QStringLiteral("/frames/%1").arg(differing[0][u"frame"].toInt()));
        QCOMPARE(picture.status, 200);
        QCOMPARE(picture.contentType, "image/jpeg");
        QVERIFY(picture.body.startsWith("\xff\xd8"));
        // What was tried is not what is in force.
        QCOMPARE(m_agent->get(QStringLiteral("api/v1/tuning")).json()[u"revision"].toInt(), 1);

        QVERIFY(send("DELETE", {}).json()[u"clip"].isNull());
        QCOMPARE(send("GET", QStringLiteral("/frames/0")).status, 404);
    }

    void whatCannotBeTriedIsRefused()
    {
        const QString evaluate = QStringLiteral("/evaluate");
        QCOMPARE(send("POST", evaluate, R"({"sets": [{}]})").status, 404);
        QCOMPARE(send("POST", {}, R"({"seconds": 0})").status, 400);
        QCOMPARE(send("POST", {}, R"({"seconds": 61})").status, 400);
        QCOMPARE(send("POST", {}, R"({"minutes": 1})").status, 400);
        freeze();
        QCOMPARE(send("POST", evaluate, R"({"sets": []})").status, 400);
        QCOMPARE(send("POST", evaluate, R"({"sets": [1]})").status, 400);
        QCOMPARE(send("POST", evaluate, R"({"sets": [{"nam": "a"}]})").status, 400);
        const HttpExchange wrong = send("POST", evaluate, R"({"sets": [
            {"name": "a", "tuning": {"detect": {"min_neighbors": -1}}}]})");
        QCOMPARE(wrong.status, 422);
        QVERIFY(wrong.body.contains("detect.min_neighbors"));
        QCOMPARE(send("GET", QStringLiteral("/frames/100000")).status, 404);
        QCOMPARE(send("GET", QStringLiteral("/frames/x")).status, 404);
    }

    void aShorterClipAndABadSetSayWhy()
    {
        freeze();
        const QJsonObject clip = send("POST", {}, R"({"seconds": 60})").json()[u"clip"].toObject();
        QCOMPARE(clip[u"asked_seconds"].toDouble(), 60.0);
        QVERIFY(clip[u"seconds"].toDouble() < 60);
        QCOMPARE(clip[u"shorter"][u"code"].toString(), QStringLiteral("beginning"));
        const QByteArray sets = R"({"sets": [{"name": "NAME", "tuning": {"detect": {"detector": "yunet",
            "yunet": {"model": "/nowhere/none.onnx"}}}}, {"tuning": {"detect": {"min_size": "600x400"}}}]})";
        const QString evaluate = QStringLiteral("/evaluate");
        // 80 characters, not bytes, as the description of the API says.
        const QByteArray longest = QByteArray("ä").repeated(80);
        QCOMPARE(send("POST", evaluate, QByteArray(sets).replace("NAME", longest + "x")).status, 400);
        QCOMPARE(send("POST", evaluate, QByteArray(sets).replace("NAME", longest)).status, 202);
        QTRY_COMPARE_WITH_TIMEOUT(trial(), QStringLiteral("done"), 120'000);
        const QJsonObject done = send("GET", {}).json();
        QVERIFY(setOf(done, 0)[u"error"].toString().contains(u"none.onnx"));
        QVERIFY(setOf(done, 1)[u"error"].toString().isEmpty());
        QVERIFY(setOf(done, 1)[u"cpu_ms"].toDouble() > 0);
    }

    void oneTrialAtATimeAndStoppingWaitsForNone()
    {
        freeze();
        const QByteArray slow = R"({"sets": [{"tuning":
            {"detect": {"schedule": "every_frame", "scale_factor": 1.01}}}]})";
        QCOMPARE(send("POST", QStringLiteral("/evaluate"), slow).status, 202);
        const HttpExchange second = send("POST", QStringLiteral("/evaluate"), slow);
        // A very quick machine may be done already.
        QVERIFY(second.status == 409 || trial() != QStringLiteral("running"));
        QCOMPARE(m_agent->terminate(), 0);
    }
};

QTEST_GUILESS_MAIN(TestE2eClip)
#include "test_e2e_clip.moc"

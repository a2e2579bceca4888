// A running agent is tuned over HTTP: effect, refusals, events, and what survives.
#include "libfacetrack/store/agent_records.h"
#include "libfacetrack/store/journal.h"
#include "tests/support/http_send.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace facetrack;

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=4&size=640x424");
/// No face is that large: the counts fall to nothing.
const QByteArray Blind = R"({"detect": {"min_size": "600x400"}})";

std::vector<StoredRecord> journaled(const QString &stateDirectory)
{
    JournalOptions options;
    options.file = (stateDirectory + QStringLiteral("/journal.sqlite")).toStdString();
    auto journal = Journal::open(options);
    if (!journal) {
        qCritical("%s", describe(journal.error()).c_str());
        return {};
    }
    return (*journal)->undelivered(0, 1'000'000).value();
}

int analysed(const QJsonObject &status)
{
    return status[u"detection"][u"frames"].toInt();
}

} // namespace

class TestE2eControl : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_state;
    std::unique_ptr<AgentProcess> m_agent;

    std::unique_ptr<AgentProcess> run(const QStringList &more = {})
    {
        auto agent = runAgent(Booth, m_state.path(), more);
        return agent->waitReady() ? std::move(agent) : nullptr;
    }
    HttpExchange send(const QByteArray &method, const QString &path, const QByteArray &body = {},
                      const HttpHeaders &headers = {}) const
    {
        return httpSend(method, m_agent->url(QStringLiteral("api/v1/") + path), body, headers);
    }
    HttpExchange patch(const QByteArray &body, const HttpHeaders &headers = {}) const
    {
        return send("PATCH", QStringLiteral("tuning"), body, headers);
    }
    QJsonValue minNeighbors() const
    {
        return send("GET", QStringLiteral("tuning")).json()[u"values"][u"detect"][u"min_neighbors"];
    }

private Q_SLOTS:
    void init()
    {
        m_state = QTemporaryDir();
        m_agent = run();
        QVERIFY(m_agent);
    }
    void cleanup() { m_agent.reset(); }

    void aChangeIsInEffectTwoFramesAfterTheAnswerAtTheLatest()
    {
        QVERIFY(m_agent->waitStatus([](const QJsonObject &s) { return analysed(s) >= 30; }));
        std::map<int, int> newestOld; // by revision: frames analysed when it was answered
        for (const QByteArray &body : {Blind, QByteArray(R"({"detect": {"min_size": "30x30"}})"),
                                       Blind}) {
            const HttpExchange answer = patch(body);
            QCOMPARE(answer.status, 200);
            const QJsonObject json = answer.json();
            newestOld[json[u"revision"].toInt()] = json[u"analysed"].toInt();
            const int before = json[u"analysed"].toInt();
            QVERIFY(m_agent->waitStatus(
                [&](const QJsonObject &s) { return analysed(s) >= before + 15; }));
        }
        QCOMPARE(m_agent->terminate(), 0);
        const auto rows = journaled(m_state.path());
        int blind = 0;
        int seeing = 0;
        for (const StoredRecord &row : rows) {
            if (row.record.type != RecordType::Observation)
                continue;
            const Observation seen = decodeObservation(row.record).value();
            // The frame under way at the answer may be an old one; the next is not.
            for (const auto &[revision, frames] : newestOld) {
                if (static_cast<int>(seen.sequence) > frames)
                    QVERIFY2(static_cast<int>(seen.revision) >= revision,
                             qPrintable(QString::number(seen.sequence)));
            }
            const bool isBlind = seen.revision == 2 || seen.revision == 4;
            QVERIFY(!isBlind || seen.faces.empty());
            (isBlind ? blind : seeing) += isBlind ? 1 : static_cast<int>(seen.faces.size());
        }
        qInfo("%d frames under the blind revisions, %d faces under the others", blind, seeing);
        QVERIFY(blind >= 20);
        QVERIFY(seeing >= 20);
    }

    void aRefusedPatchNamesEverythingWrongAndChangesNothing()
    {
        const HttpExchange answer = patch(
            R"({"detect": {"min_neighbors": 99, "scale_factor": 1.2}, "detect.nothing": 1})");
        QCOMPARE(answer.status, 422);
        const QJsonArray problems = answer.json()[u"error"][u"problems"].toArray();
        QCOMPARE(problems.size(), 2);
        for (const auto &problem : problems) {
            const QString key = problem[u"key"].toString();
            QVERIFY2(key == QStringLiteral("detect.min_neighbors")
                         || key == QStringLiteral("detect.nothing"), qPrintable(key));
            QVERIFY(!problem[u"message"].toString().isEmpty());
        }
        const QJsonObject now = send("GET", QStringLiteral("tuning")).json();
        QCOMPARE(now[u"revision"].toInt(), 1);
        QCOMPARE(now[u"values"][u"detect"][u"scale_factor"].toDouble(), 1.1);
    }

    void anOutdatedConditionIsRefused()
    {
        const QByteArray first = send("GET", QStringLiteral("tuning")).etag;
        const HttpExchange changed = patch(R"({"detect": {"min_neighbors": 4}})",
                                           {{"If-Match", first}});
        QCOMPARE(changed.status, 200);
        QVERIFY(changed.etag != first);
        const HttpExchange late = patch(R"({"detect": {"min_neighbors": 5}})",
                                        {{"If-Match", first}});
        QCOMPARE(late.status, 412);
        QCOMPARE(minNeighbors().toInt(), 4);
        QCOMPARE(patch(R"({"detect": {"min_neighbors": 5}})", {{"If-Match", "*"}}).status, 200);
        // The same number of another run is another revision.
        QCOMPARE(patch(R"({"detect": {"min_neighbors": 6}})",
                       {{"If-Match", "\"3.0123456789abcdef\""}}).status, 412);
    }

    void malformedBodiesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<int>("status");
        QTest::newRow("no JSON") << QByteArray("{\"detect\":") << QByteArray("application/json") << 400;
        QTest::newRow("no object") << QByteArray("[1]") << QByteArray("application/json") << 400;
        QTest::newRow("a key twice") << QByteArray(R"({"detect":{},"detect":{}})")
                                     << QByteArray("application/json") << 400;
        QTest::newRow("deep") << QByteArray(100'000, '[') << QByteArray("application/json") << 400;
        QTest::newRow("form") << QByteArray("a=1")
                              << QByteArray("application/x-www-form-urlencoded") << 415;
        QTest::newRow("large") << "{\"a\":\"" + QByteArray(2'000'000, 'x') + "\"}"
                               << QByteArray("application/json") << 413;
    }
    void malformedBodiesAreRefused()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, type);
        const HttpExchange answer = patch(body, {{"Content-Type", type}});
        QTEST(answer.status, "status");
        QVERIFY(!answer.errorCode().isEmpty());
    }

    void pagesOfSomebodyElseChangeNothing()
    {
        const QByteArray body = R"({"detect": {"min_neighbors": 4}})";
        QCOMPARE(patch(body, {{"Origin", "http://evil.example"}}).status, 403);
        QCOMPARE(patch(body, {{"Origin", "http://evil.example"}, {"Host", "evil.example"}}).status,
                 403);
        const QByteArray own = "http://" + m_agent->url().authority().toUtf8();
        QCOMPARE(patch(body, {{"Origin", own}}).status, 200);
    }

    void undoTakesBackStepAfterStepAlsoAfterARestart()
    {
        for (const char *value : {"4", "5", "6"}) // one drag at a slider: one step
            QCOMPARE(patch(QByteArray(R"({"detect": {"min_neighbors": )") + value + "}}").status,
                     200);
        QCOMPARE(patch(R"({"stream": {"quality": 50}})").status, 200);
        QCOMPARE(m_agent->terminate(), 0);
        m_agent = run();
        QVERIFY(m_agent);
        QCOMPARE(minNeighbors().toInt(), 6);
        const HttpExchange first = send("POST", QStringLiteral("tuning/undo"));
        QCOMPARE(first.status, 200);
        QCOMPARE(first.json()[u"values"][u"stream"][u"quality"].toInt(), 80);
        QCOMPARE(first.json()[u"values"][u"detect"][u"min_neighbors"].toInt(), 6);
        QCOMPARE(send("POST", QStringLiteral("tuning/undo")).status, 200);
        QCOMPARE(minNeighbors().toInt(), 3);
        const HttpExchange nothing = send("POST", QStringLiteral("tuning/undo"));
        QCOMPARE(nothing.status, 409);
        QCOMPARE(nothing.errorCode(), QStringLiteral("nothing_to_undo"));

        const QJsonArray steps
            = send("GET", QStringLiteral("tuning/history")).json()[u"steps"].toArray();
        QCOMPARE(steps.size(), 4);
        QCOMPARE(steps[0][u"cause"].toString(), QStringLiteral("undo"));
        QCOMPARE(steps[3][u"changes"].toInt(), 3);
        QCOMPARE(steps[3][u"who"].toString(), QStringLiteral("127.0.0.1"));
        QCOMPARE(steps[3][u"values"][0][u"old"].toInt(), 3);
        QCOMPARE(steps[3][u"values"][0][u"new"].toInt(), 6);
        QVERIFY(steps[3][u"undone"].toBool());
    }

    void valuesSurviveAKillOneSecondAfterTheChangeAndTheOperatorsFileStaysAsItIs()
    {
        m_agent->kill();
        const QString file = m_state.filePath(QStringLiteral("agentd.toml"));
        const QByteArray operators = "detect.min_neighbors = 7 # by hand\nstream.quality = 60\n";
        QFile toml(file);
        QVERIFY(toml.open(QIODevice::WriteOnly) && toml.write(operators) == operators.size());
        toml.close();
        const QStringList arguments{QStringLiteral("--config"), file};
        for (int value = 4; value < 7; ++value) {
            m_agent = run(arguments);
            QVERIFY(m_agent);
            QCOMPARE(minNeighbors().toInt(), value == 4 ? 7 : value - 1);
            QCOMPARE(patch("{\"detect\": {\"min_neighbors\": " + QByteArray::number(value) + "}}")
                         .status, 200);
            QTest::qWait(1000); // the promise itself: from one second after the change
            m_agent->kill();
        }
        m_agent = run(arguments);
        QVERIFY(m_agent);
        QCOMPARE(minNeighbors().toInt(), 6);
        const HttpExchange reset = send("POST", QStringLiteral("tuning/reset"));
        QCOMPARE(reset.json()[u"values"][u"detect"][u"min_neighbors"].toInt(), 7);
        QCOMPARE(reset.json()[u"values"][u"stream"][u"quality"].toInt(), 60);
        QVERIFY(toml.open(QIODevice::ReadOnly));
        QCOMPARE(toml.readAll(), operators);
    }

    void changesAreRecordsInTheJournal()
    {
        m_agent.reset(); // before the next one opens the same Journal
        m_state = QTemporaryDir();
        m_agent = run({QStringLiteral("--set"), QStringLiteral("stream.quality=60")});
        QVERIFY(m_agent);
        QCOMPARE(patch(R"({"detect": {"min_neighbors": 5, "equalize": true}})",
                       {{"X-Client", "laptop"}}).status, 200);
        QCOMPARE(m_agent->terminate(), 0);
        std::vector<TuningChange> changes;
        for (const StoredRecord &row : journaled(m_state.path())) {
            if (row.record.type == RecordType::TuningChange)
                changes.push_back(decodeTuningChange(row.record).value());
        }
        QCOMPARE(changes.size(), std::size_t(3));
        QCOMPARE(changes[0].who, std::string("start"));
        QCOMPARE(changes[0].parameter, std::string("stream.quality"));
        QCOMPARE(changes[0].newValue, std::string("60"));
        QCOMPARE(changes[1].revision, 2U);
        QCOMPARE(changes[1].who, std::string("laptop (127.0.0.1)"));
        QCOMPARE(changes[1].parameter, std::string("detect.min_neighbors"));
        QCOMPARE(changes[1].oldValue, std::string("3"));
        QCOMPARE(changes[1].newValue, std::string("5"));
        QCOMPARE(changes[2].parameter, std::string("detect.equalize"));
        QCOMPARE(changes[2].newValue, std::string("true"));
    }

    void presetsAreKeptAppliedAndDeleted()
    {
        const QString evening = QStringLiteral("presets/evening%20light");
        QCOMPARE(send("PUT", evening, R"({"values": {"detect": {"min_neighbors": 99}}})").status, 422);
        QCOMPARE(send("PUT", evening, R"({"values": {"detect": {"min_neighbors": 8}}})").status, 201);
        QCOMPARE(send("PUT", evening, R"({"values": {"detect": {"min_neighbors": 9}}})").status, 200);
        QCOMPARE(send("PUT", QStringLiteral("presets/now")).status, 201); // the values in force
        m_agent->kill();
        m_agent = run();
        QVERIFY(m_agent);
        QCOMPARE(send("GET", QStringLiteral("presets")).json()[u"presets"].toArray().size(), 2);
        QCOMPARE(send("POST", evening + QStringLiteral("/apply")).status, 200);
        QCOMPARE(minNeighbors().toInt(), 9);
        QCOMPARE(send("POST", QStringLiteral("presets/now/apply")).status, 200);
        QCOMPARE(minNeighbors().toInt(), 3);
        QCOMPARE(send("DELETE", evening).status, 204);
        QCOMPARE(send("GET", evening).status, 404);
        QCOMPARE(send("DELETE", evening).status, 404);
        QCOMPARE(send("POST", evening + QStringLiteral("/apply")).status, 404);
    }

    void anotherNameIsKeptAndTheSourceIsOpenedAnew()
    {
        EventListener events(m_agent->url(QStringLiteral("api/v1/events")));
        QCOMPARE(send("PUT", QStringLiteral("agent"), R"({"id": "x"})").status, 422);
        QCOMPARE(send("PUT", QStringLiteral("agent"), R"({"name": "am Tresen", "location": "links"})")
                     .status, 200);
        QCOMPARE(events.next("agent").data[u"name"].toString(), QStringLiteral("am Tresen"));
        const HttpExchange shown = send("POST", QStringLiteral("identify"));
        QCOMPARE(shown.status, 200);
        QCOMPARE(shown.json()[u"name"].toString(), QStringLiteral("am Tresen"));
        QVERIFY(m_agent->waitStatus([](const QJsonObject &s) { return analysed(s) >= 3; }));
        QCOMPARE(send("POST", QStringLiteral("source/restart")).status, 202);
        QVERIFY(m_agent->waitStatus([](const QJsonObject &s) {
            return s[u"source"][u"reopened"].toInt() == 1
                   && s[u"source"][u"state"].toString() == QStringLiteral("running");
        }));
        m_agent->kill();
        m_agent = run();
        QVERIFY(m_agent);
        const QJsonObject agent = send("GET", QStringLiteral("agent")).json();
        QCOMPARE(agent[u"name"].toString(), QStringLiteral("am Tresen"));
        QCOMPARE(agent[u"location"].toString(), QStringLiteral("links"));
        QCOMPARE(agent[u"role"].toString(), QStringLiteral("counter"));
    }

    void thePastIsAnsweredByTheJournal()
    {
        const qint64 begun = QDateTime::currentMSecsSinceEpoch();
        // Not the count of all that is committed: on a busy machine heartbeats are much of it.
        const auto kept = [&] {
            const QString path = QStringLiteral("analytics/totals?from=%1").arg(begun - 60'000);
            return send("GET", path).json()[u"rows"][0][u"observations"].toInt();
        };
        QTRY_VERIFY_WITH_TIMEOUT(kept() >= 20, 60'000);
        // Page after page, each frame once and in order.
        const QString until = QStringLiteral("&to=%1").arg(QDateTime::currentMSecsSinceEpoch());
        QByteArray after = "0";
        int frames = 0;
        double faces = 0;
        while (!after.isEmpty()) {
            const HttpExchange page = send("GET", QStringLiteral("observations?limit=7&from=0&after=")
                                                      + QString::fromLatin1(after) + until);
            QCOMPARE(page.status, 200);
            QCOMPARE(page.contentType, QByteArray("application/x-ndjson"));
            for (const QByteArray &line : page.body.split('\n')) {
                if (line.isEmpty())
                    continue;
                const QJsonObject row = QJsonDocument::fromJson(line).object();
                QCOMPARE(row[u"sequence"].toInt(), frames++);
                faces += static_cast<double>(row[u"faces"].toArray().size());
            }
            after = page.nextAfter;
        }
        QVERIFY(frames >= 18);
        const QJsonObject totals
            = send("GET", QStringLiteral("analytics/totals?from=%1").arg(begun - 60'000)).json();
        const QJsonObject row = totals[u"rows"][0].toObject();
        QVERIFY(row[u"observations"].toInt() >= frames);
        QVERIFY(row[u"face_detections"].toDouble() >= faces);
        QVERIFY(row[u"mean_faces"].toDouble() > 0);
        // A time with nothing in it has no figures rather than zeros.
        const QJsonObject before = send("GET", QStringLiteral("analytics/totals?from=2020-01-01"
                                                              "&to=2020-01-02")).json();
        QVERIFY(before[u"rows"][0][u"mean_faces"].isNull());
        QVERIFY(before[u"rows"][0][u"face_detections"].isNull());
        for (const char *bad : {"analytics/totals?tz=Moon/Tycho", "analytics/totals?from=never",
                                "analytics/per-minute?from=2020-01-01&to=2021-01-01",
                                "observations?limit=0", "observations?after=-1",
                                "observations?from=2021-01-01&to=2020-01-01"})
            QCOMPARE(send("GET", QString::fromLatin1(bad)).status, 400);
    }

    void eventsTellWhereThingsStandAndEveryChange()
    {
        EventListener events(m_agent->url(QStringLiteral("api/v1/events")));
        QVERIFY(!events.next("status").data[u"agent"][u"id"].toString().isEmpty());
        QCOMPARE(events.next("tuning").data[u"values"][u"detect"][u"min_neighbors"].toInt(), 3);
        QCOMPARE(patch(R"({"detect": {"min_neighbors": 5}})").status, 200);
        const auto tuned = events.next("tuning");
        QCOMPARE(tuned.data[u"revision"].toInt(), 2);
        const QJsonObject only{{QStringLiteral("detect"),
                                QJsonObject{{QStringLiteral("min_neighbors"), 5}}}};
        QCOMPARE(tuned.data[u"values"].toObject(), only);
        // In either order: the next frame, and the disk.
        QSet<QByteArray> waiting{"in_effect", "persisted"};
        const auto areTold = [&] {
            for (const auto &event : events.within(50))
                if (event.data[u"revision"].toInt() == 2)
                    waiting.remove(event.name);
            return waiting.isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(areTold(), 60'000);
        QVERIFY(!events.next("status").name.isEmpty());

        // Who comes back gets what it missed, and only that.
        QCOMPARE(patch(R"({"detect": {"min_neighbors": 6}})").status, 200);
        EventListener back(m_agent->url(QStringLiteral("api/v1/events")), tuned.id);
        const auto missed = back.next("tuning");
        QCOMPARE(missed.data[u"revision"].toInt(), 3);
        EventListener stranger(m_agent->url(QStringLiteral("api/v1/events")), "elsewhere-7");
        QCOMPARE(stranger.next("tuning").data[u"cause"].toString(), QStringLiteral("now"));
    }
};

QTEST_GUILESS_MAIN(TestE2eControl)
#include "test_e2e_control.moc"

// Delivery into a real CrateDB of one or more nodes, named by FACETRACK_CRATEDB_URL.
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/uploader.h"
#include "tests/live/live_crate.h"
#include "tests/support/agent_process.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 90'000; // ms; CrateDB may take 60 s to say that a shard is missing
constexpr std::uint64_t manyRows = 20'000;

Record row(std::uint64_t sequence, const std::string &agent = "live-1")
{
    Observation observation;
    observation.sequence = sequence;
    // Over two days, so that a partition boundary lies in it.
    observation.time = UtcTime(1'790'035'200'000 + static_cast<std::int64_t>(sequence) * 8'640);
    observation.frame = {1088, 720};
    observation.faces.assign(sequence % 3, Track{5, {0.125F, 0.25F, 0.5F, 0.0625F}, 0.875F});
    return encodeObservation(observation, agent, "0123456789abcdef");
}

/// A Journal of its own, uploading to the cluster.
class Outbox
{
public:
    explicit Outbox(const LiveCrate &crate, const QString &urls = {})
    {
        JournalOptions options;
        options.file = m_directory.filePath(QStringLiteral("journal")).toStdString();
        options.maxAge = std::chrono::hours(24 * 36'500);
        auto opened = Journal::open(options);
        if (!opened)
            qFatal("%s", describe(opened.error()).c_str());
        journal = std::move(*opened);
        SinkSettings settings;
        const QString all = urls.isEmpty() ? crate.urls() : urls;
        for (const QString &url : all.split(QLatin1Char(',')))
            settings.servers.urls.push_back(url.trimmed().toStdString());
        settings.servers.user = qEnvironmentVariable("FACETRACK_CRATEDB_USER").toStdString();
        settings.servers.passwordFile
            = qEnvironmentVariable("FACETRACK_CRATEDB_PASSWORD_FILE").toStdString();
        settings.schema = crate.schema().toStdString();
        UploaderOptions upload;
        upload.interval = 200ms;
        upload.refusedPause = 500ms;
        uploader = std::make_unique<Uploader>(
            *journal, [settings] { return makeSink(settings); }, upload);
        uploader->start();
    }

    void append(std::uint64_t rows)
    {
        std::vector<Record> records;
        for (std::uint64_t sequence = 0; sequence < rows; ++sequence)
            records.push_back(row(sequence));
        QVERIFY(journal->appendAndCommit(std::move(records)));
    }
    std::uint64_t undelivered() const { return journal->state().undelivered; }

    std::unique_ptr<Journal> journal;
    std::unique_ptr<Uploader> uploader;

private:
    QTemporaryDir m_directory;
};

} // namespace

class TestLiveCratedb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!LiveCrate::isThere())
            QSKIP("FACETRACK_CRATEDB_URL does not name a CrateDB");
    }

    void init()
    {
        m_crate = std::make_unique<LiveCrate>();
        const auto node = m_crate->sql("SELECT count(*) FROM sys.nodes");
        QVERIFY2(node.contains("rows"), node.dump().c_str());
    }
    void cleanup() { m_crate.reset(); }

    void theCommandMakesTheTablesAndFindsNothingToDoASecondTime()
    {
        makeTables();
        QCOMPARE(m_crate->count("observations"), 0);
        QCOMPARE(m_crate->count("agents"), 0);
        QCOMPARE(m_crate->count("tuning_changes"), 0);
        makeTables();
    }

    void rowsAreStoredOnceThoughTheyAreSentTwice()
    {
        makeTables();
        for (int time = 0; time < 2; ++time) {
            Outbox outbox(*m_crate);
            outbox.append(manyRows);
            QTRY_COMPARE_WITH_TIMEOUT(outbox.undelivered(), 0U, patience);
            QCOMPARE(outbox.journal->state().quarantined, 0U);
            QCOMPARE(m_crate->count("observations"), static_cast<std::int64_t>(manyRows));
        }
        const auto sums = m_crate->sql("SELECT sum(face_count), min(ts), max(ts) FROM "
                                       + m_crate->tableName("observations"));
        QVERIFY2(sums.contains("rows"), sums.dump().c_str());
        QCOMPARE(sums["rows"][0][0].get<std::int64_t>(), 19'999);
        QCOMPARE(sums["rows"][0][1].get<std::int64_t>(), 1'790'035'200'000);
        const auto face = m_crate->sql("SELECT faces[1]['x'], faces[1]['score'], faces[1]['track'] FROM "
                                       + m_crate->tableName("observations") + " WHERE seq = 1");
        QVERIFY2(face.contains("rows"), face.dump().c_str());
        QCOMPARE(face["rows"][0].dump(), std::string("[0.125,0.875,5]"));
    }

    void aRowThatCannotBeIsQuarantinedAndTheOthersPass()
    {
        makeTables();
        Outbox outbox(*m_crate);
        std::vector<Record> records{row(0), row(1, std::string(40'000, 'x')), row(2)};
        QVERIFY(outbox.journal->appendAndCommit(std::move(records)));
        QTRY_COMPARE_WITH_TIMEOUT(outbox.undelivered(), 0U, patience);
        QTRY_COMPARE(outbox.journal->state().quarantined, 1U);
        QCOMPARE(m_crate->count("observations"), 2);
        const auto refused = outbox.journal->quarantined(10);
        QVERIFY(refused && !refused->front().error.empty());
        qInfo("%s", refused->front().error.substr(0, 200).c_str());
    }

    void withoutTablesNothingIsLostAndTheReasonIsSaid()
    {
        Outbox outbox(*m_crate);
        outbox.append(100);
        QTRY_COMPARE_WITH_TIMEOUT(outbox.uploader->state().phase, UploadPhase::Refused, patience);
        const std::string why = outbox.uploader->state().error;
        QVERIFY2(why.find("facetrack-agentd database") != std::string::npos, why.c_str());
        QCOMPARE(outbox.undelivered(), 100U);
        makeTables();
        QTRY_COMPARE_WITH_TIMEOUT(outbox.undelivered(), 0U, patience);
        QCOMPARE(m_crate->count("observations"), 100);
    }

    void anAddressWithNobodyBehindItIsPassedOver()
    {
        makeTables();
        Outbox outbox(*m_crate, QStringLiteral("http://127.0.0.1:1,") + m_crate->urls());
        outbox.append(2'000);
        QTRY_COMPARE_WITH_TIMEOUT(outbox.undelivered(), 0U, patience);
        QCOMPARE(m_crate->count("observations"), 2'000);
        QVERIFY(!outbox.uploader->state().endpoints.front().healthy);
    }

    void aKilledAgentsRowsAllArriveOnceAndItIsInTheListOfAgents()
    {
        makeTables();
        QTemporaryDir state;
        const QStringList arguments
            = m_crate->settings()
              + QStringList{QStringLiteral("--set"), QStringLiteral("agent.id=live-agent"),
                            QStringLiteral("--set"), QStringLiteral("agent.location=left lane"),
                            QStringLiteral("--set"), QStringLiteral("journal.commit_milliseconds=50")};
        for (int run = 0; run < 3; ++run) {
            auto agent = runAgent(QStringLiteral("synthetic:booth?size=160x120&people=2&fps=30"),
                                  state.path(), arguments);
            QVERIFY(agent->waitReady());
            QVERIFY(agent->waitStatus([](const QJsonObject &status) {
                return status[u"upload"][u"delivered"].toInt() > 10;
            }));
            agent->kill();
        }
        auto agent = runAgent(QStringLiteral("synthetic:booth?size=160x120&frames=1"), state.path(),
                              arguments
                                  + QStringList{QStringLiteral("--set"),
                                                QStringLiteral("upload.heartbeat_seconds=0")});
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &status) {
            const QJsonObject journal = status[u"journal"].toObject();
            return status[u"source"][u"state"].toString() == QStringLiteral("ended")
                   && journal[u"appended"].toInt() >= 1
                   && journal[u"appended"].toInt() == journal[u"committed"].toInt()
                   && journal[u"undelivered"].toInt() == 0;
        }));
        QCOMPARE(agent->terminate(), 0);
        compare(state.path());
        QCOMPARE(m_crate->count("agents", "agent = 'live-agent' AND location = 'left lane'"), 1);
    }

private:
    void makeTables()
    {
        QProcess command;
        command.start(QStringLiteral(FACETRACK_AGENTD),
                      QStringList{QStringLiteral("database"), QStringLiteral("--apply")}
                          + m_crate->settings());
        QVERIFY(command.waitForFinished(patience));
        QVERIFY2(command.exitCode() == 0, command.readAllStandardError().constData());
    }

    void compare(const QString &state)
    {
        JournalOptions options;
        options.file = (state + QStringLiteral("/journal.sqlite")).toStdString();
        const auto journal = Journal::open(options);
        QVERIFY(journal);
        const auto rows = (*journal)->between(RecordType::Observation, UtcTime(0), UtcTime::max(), 0,
                                              1'000'000);
        QVERIFY(rows);
        std::set<std::string> journaled;
        for (const StoredRecord &stored : *rows)
            journaled.insert(stored.record.run + "/" + std::to_string(stored.record.sequence));
        m_crate->sql("REFRESH TABLE " + m_crate->tableName("observations"));
        const auto answer = m_crate->sql("SELECT run, seq FROM " + m_crate->tableName("observations")
                                         + " LIMIT 100000");
        QVERIFY2(answer.contains("rows"), answer.dump().c_str());
        std::set<std::string> stored;
        for (const auto &line : answer["rows"])
            stored.insert(line[0].get<std::string>() + "/"
                          + std::to_string(line[1].get<std::int64_t>()));
        QCOMPARE(stored.size(), answer["rows"].size()); // none twice
        qInfo("%zu journaled, %zu stored", journaled.size(), stored.size());
        QVERIFY(stored == journaled);
    }

    std::unique_ptr<LiveCrate> m_crate;
};

QTEST_GUILESS_MAIN(TestLiveCratedb)
#include "test_live_cratedb.moc"

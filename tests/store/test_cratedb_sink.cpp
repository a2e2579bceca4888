// Records become rows of the stand-in CrateDB; each row's own result counts.
#include "libfacetrack/cratedb/client.h"
#include "libfacetrack/store/agent_records.h"
#include "libfacetrack/store/crate_schema.h"
#include "libfacetrack/store/record_sink.h"
#include "tests/fake_cratedb/fake_crate.h"

#include <QTest>
#include <optional>

using namespace facetrack;
using nlohmann::json;
using Outcome = RecordResult::Outcome;
using Verdict = BatchAnswer::Verdict;

namespace {

const std::string Run = "0123456789abcdef";
constexpr std::int64_t Noon = 1'772'366'400'123; // 2026-03-01T12:00:00.123Z

SinkSettings settingsFor(const FakeCrate &crate)
{
    SinkSettings settings;
    settings.servers.urls = {crate.url().toStdString()};
    return settings;
}

void makeTables(const FakeCrate &crate)
{
    auto client = cratedb::Client::make(settingsFor(crate).servers).value();
    const auto applied = applyCrateSchema(*client, {}, [](const std::string &) {});
    if (!applied)
        qCritical("%s", describe(applied.error()).c_str());
}

StoredRecord observation(std::uint64_t sequence, int width = 640)
{
    Observation seen;
    seen.sequence = sequence;
    seen.time = UtcTime(Noon + static_cast<std::int64_t>(sequence));
    seen.frame = {width, 480};
    seen.revision = 3;
    seen.faces = {{7, {0.1F, 0.25F, 0.05F, 0.0825F}, 0.987F}};
    return {static_cast<std::int64_t>(sequence) + 1, encodeObservation(seen, "pi-1", Run)};
}

StoredRecord heartbeat(std::int64_t position, const std::string &location)
{
    Heartbeat beat;
    beat.sequence = static_cast<std::uint64_t>(position);
    beat.time = UtcTime(Noon + position);
    beat.agent.id = "pi-1";
    beat.agent.run = Run;
    beat.agent.location = location;
    beat.captureFps = 29.97;
    return {position, encodeHeartbeat(beat)};
}

std::vector<StoredRecord> observations(std::uint64_t count)
{
    std::vector<StoredRecord> records;
    for (std::uint64_t i = 0; i < count; ++i)
        records.push_back(observation(i));
    return records;
}

BatchAnswer deliver(RecordSink &sink, const std::vector<StoredRecord> &records)
{
    std::optional<BatchAnswer> answer;
    sink.deliver(records, [&](BatchAnswer said) { answer = std::move(said); });
    if (answer || !QTest::qWaitFor([&] { return answer.has_value(); }, 30'000))
        qCritical("answered too early or never");
    return answer.value_or(BatchAnswer());
}

std::size_t count(const BatchAnswer &answer, Outcome outcome)
{
    return static_cast<std::size_t>(
        std::count_if(answer.records.begin(), answer.records.end(),
                      [&](const RecordResult &result) { return result.outcome == outcome; }));
}

} // namespace

class TestCrateDbSink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRowHoldsWhatTheRecordHolds()
    {
        const FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        makeTables(crate);
        const auto sink = makeSink(settingsFor(crate)).value();
        std::vector<StoredRecord> records{observation(5)};
        Observation odd;
        odd.time = UtcTime(0);
        odd.clockTrusted = false;
        odd.frame = {1, 1};
        odd.faces = {{4'000'000'000U, {-0.0012F, 1.5F, 0, 2}, 0}};
        records.push_back({7, encodeObservation(odd, "pi-\"1\"", Run)});
        const BatchAnswer answer = deliver(*sink, records);
        QCOMPARE(answer.verdict, Verdict::Answered);
        QCOMPARE(count(answer, Outcome::Delivered), records.size());
        const json rows = crate.rows("SELECT agent, run, seq, ts, day, clock_trusted, frame_width,"
                                     " frame_height, revision, face_count, faces"
                                     " FROM facetrack.observations ORDER BY ts");
        const json face{{"x", -0.0012}, {"y", 1.5}, {"w", 0.0}, {"h", 2.0}, {"score", 0.0},
                        {"track", 4'000'000'000U}};
        QVERIFY2((rows[0] == json{"pi-\"1\"", Run, 0, 0, 0, false, 1, 1, 0, 1, {face}}),
                 rows[0].dump().c_str());
        const json usual{{"x", 0.1}, {"y", 0.25}, {"w", 0.05}, {"h", 0.0825}, {"score", 0.987},
                         {"track", 7}};
        QVERIFY2((rows[1] == json{"pi-1", Run, 5, Noon + 5, 1'772'323'200'000, true, 640, 480, 3, 1,
                                  {usual}}), rows[1].dump().c_str());
    }

    void visitsAndTuningChangesHaveTheirTables()
    {
        const FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        makeTables(crate);
        const auto sink = makeSink(settingsFor(crate)).value();
        Visit visit;
        visit.start = UtcTime(Noon);
        visit.duration = std::chrono::seconds(90);
        visit.dwell = std::chrono::seconds(60);
        visit.track = 4;
        visit.zone = "left";
        visit.crossings = {{"door", "in", std::chrono::seconds(5)}};
        visit.size = 0.125F;
        visit.observations = 30;
        TuningChange change;
        change.time = UtcTime(Noon);
        change.revision = 2;
        change.who = "Zoë";
        change.parameter = "detect.min_neighbors";
        change.oldValue = "3";
        change.newValue = "5";
        const BatchAnswer answer = deliver(
            *sink, {{1, encodeVisit(visit, "pi-1", Run)}, {2, encodeTuningChange(change, "pi-1", Run)},
                    observation(3)});
        QCOMPARE(count(answer, Outcome::Delivered), std::size_t(3));
        const json visits = crate.rows("SELECT ts, month, ended, dwell_ms, zone, track, crossings,"
                                       " face_size, observations, complete FROM facetrack.visits");
        const json crossing{{"line", "door"}, {"way", "in"}, {"ts", Noon + 5000}};
        QVERIFY2((visits[0] == json{Noon, 1'772'323'200'000, Noon + 90'000, 60'000, "left", 4,
                                    visits[0][6], 0.125, 30, true}), visits.dump().c_str());
        QCOMPARE(visits[0][6][0]["way"].get<std::string>(), std::string("in"));
        const json changes = crate.rows(
            "SELECT who, parameter, old_value, new_value, revision FROM facetrack.tuning_changes");
        QVERIFY((changes[0] == json{"Zoë", "detect.min_neighbors", "3", "5", 2}));
    }

    void aRepeatIsDeliveredAndChangesNothing()
    {
        const FakeCrate crate;
        makeTables(crate);
        const auto sink = makeSink(settingsFor(crate)).value();
        const auto records = observations(50);
        for (int i = 0; i < 2; ++i)
            QCOMPARE(count(deliver(*sink, records), Outcome::Delivered), records.size());
        QCOMPARE(crate.ids("facetrack.observations").size(), records.size());
    }

    void theNewestHeartbeatWinsWhateverComesLast()
    {
        const FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        makeTables(crate);
        const auto sink = makeSink(settingsFor(crate)).value();
        const BatchAnswer first
            = deliver(*sink, {heartbeat(1, "old"), heartbeat(9, "new"), heartbeat(5, "mid")});
        QCOMPARE(count(first, Outcome::Delivered), std::size_t(3));
        QCOMPARE(count(deliver(*sink, {heartbeat(7, "late")}), Outcome::Delivered), std::size_t(1));
        const json rows = crate.rows("SELECT agent, location, seq, temperature FROM facetrack.agents");
        QVERIFY2((rows == json{{"pi-1", "new", 9, nullptr}}), rows.dump().c_str());
    }

    void eachRowsOwnResultCounts()
    {
        const FakeCrate crate;
        makeTables(crate);
        const auto sink = makeSink(settingsFor(crate)).value();
        const auto faulty = [&](int code, int row) {
            crate.fault({{"match", "insert"}, {"action", "row_error"}, {"code", code},
                         {"message", "Some[thing]"}, {"rows", {row}}, {"times", 1}});
        };
        faulty(4000, 2);
        const BatchAnswer refused = deliver(*sink, observations(10));
        QCOMPARE(refused.verdict, Verdict::Answered);
        QCOMPARE(count(refused, Outcome::Delivered), std::size_t(9));
        QCOMPARE(refused.records[2].outcome, Outcome::Refused);
        QVERIFY(refused.records[2].error.find("4000") != std::string::npos);
        faulty(5002, 4);
        const BatchAnswer later = deliver(*sink, observations(10));
        QCOMPARE(count(later, Outcome::Delivered), std::size_t(9));
        QCOMPARE(later.records[4].outcome, Outcome::Retry);
        QVERIFY(later.error.has_value());
        QVERIFY(!later.waitLong);
        faulty(4037, 1);
        QVERIFY(deliver(*sink, observations(10)).waitLong);
    }

    void rowsInDoubtAreSentAgainAndStoredOnce()
    {
        const FakeCrate crate;
        makeTables(crate);
        const auto sink = makeSink(settingsFor(crate)).value();
        crate.fault({{"match", "insert"}, {"action", "half_apply"}, {"store", true}, {"times", 1}});
        const BatchAnswer answer = deliver(*sink, observations(10));
        QCOMPARE(answer.verdict, Verdict::Answered);
        QVERIFY(count(answer, Outcome::Retry) > 0);
        QCOMPARE(count(deliver(*sink, observations(10)), Outcome::Delivered), std::size_t(10));
        QCOMPARE(crate.ids("facetrack.observations").size(), std::size_t(10));
    }

    void theOneRowThatDoesNotCastIsFound()
    {
        const FakeCrate crate;
        makeTables(crate);
        crate.sql("DROP TABLE facetrack.observations");
        crate.sql(R"(CREATE TABLE facetrack.observations (agent TEXT, run TEXT, seq BIGINT,
            ts TIMESTAMP WITH TIME ZONE, day TIMESTAMP WITH TIME ZONE GENERATED ALWAYS AS
            date_trunc('day', ts), clock_trusted BOOLEAN, simulated BOOLEAN, frame_width SMALLINT, frame_height INTEGER,
            revision BIGINT, face_count INTEGER, faces ARRAY(OBJECT(DYNAMIC)),
            PRIMARY KEY (agent, run, seq, day)) PARTITIONED BY (day))");
        const auto sink = makeSink(settingsFor(crate)).value();
        auto records = observations(100);
        records[63] = observation(63, 60'000); // no SMALLINT
        records[7] = observation(7, 60'000);
        const BatchAnswer answer = deliver(*sink, records);
        QCOMPARE(answer.verdict, Verdict::Answered);
        QCOMPARE(count(answer, Outcome::Delivered), std::size_t(98));
        QCOMPARE(answer.records[63].outcome, Outcome::Refused);
        QVERIFY2(answer.records[63].error.find("60000") != std::string::npos,
                 answer.records[63].error.c_str());
        QCOMPARE(crate.ids("facetrack.observations").size(), std::size_t(98));

        // Forty bad ones at the beginning are still only bad rows …
        for (std::uint64_t i = 0; i < 40; ++i)
            records[i] = observation(i, 60'000);
        QCOMPARE(count(deliver(*sink, records), Outcome::Refused), std::size_t(41));
        // … but when every row is refused, it is the table: nothing is given up.
        for (std::uint64_t i = 0; i < 100; ++i)
            records[i] = observation(i, 60'000);
        const BatchAnswer hopeless = deliver(*sink, records);
        QCOMPARE(hopeless.verdict, Verdict::Permanent);
        QCOMPARE(count(hopeless, Outcome::Refused), std::size_t(0));
    }

    void whatIsNoRowIsRefusedHere()
    {
        const FakeCrate crate;
        makeTables(crate);
        const auto sink = makeSink(settingsFor(crate)).value();
        auto records = observations(4);
        records[0].record.body = "[640,480,3,[[1,2,3]]]";
        records[1].record.time = UtcTime(400'000'000'000'000'000);
        records[2].record.faces = 9;
        const BatchAnswer answer = deliver(*sink, records);
        QCOMPARE(count(answer, Outcome::Refused), std::size_t(3));
        QCOMPARE(count(answer, Outcome::Delivered), std::size_t(1));
        records.resize(3);
        QCOMPARE(count(deliver(*sink, records), Outcome::Refused), std::size_t(3));
        QCOMPARE(deliver(*sink, {}).verdict, Verdict::Answered);
    }

    void wholeRequestsThatFailSayWhatKindOfTroubleItIs()
    {
        const FakeCrate crate;
        const auto sink = makeSink(settingsFor(crate)).value();
        QCOMPARE(deliver(*sink, observations(3)).verdict, Verdict::Permanent); // no table
        makeTables(crate);
        const auto verdictOf = [&](const char *error) {
            crate.fault({{"match", "insert"}, {"action", "http_error"}, {"error", error},
                         {"times", 1}});
            return deliver(*sink, observations(3)).verdict;
        };
        QCOMPARE(verdictOf("413"), Verdict::TooLarge);
        QCOMPARE(verdictOf("429"), Verdict::Passing);
        QCOMPARE(verdictOf("no_master"), Verdict::Passing);
        QCOMPARE(verdictOf("4007"), Verdict::Passing);
        QCOMPARE(verdictOf("401_plain"), Verdict::Permanent);
        QCOMPARE(verdictOf("4043"), Verdict::Permanent);
        crate.fault({{"match", "insert"}, {"action", "reset_after_apply"}});
        const BatchAnswer lost = deliver(*sink, observations(3));
        crate.clearFaults();
        QCOMPARE(lost.verdict, Verdict::Passing);
        QCOMPARE(count(lost, Outcome::Delivered), std::size_t(0));
        QCOMPARE(count(deliver(*sink, observations(3)), Outcome::Delivered), std::size_t(3));
    }
};

QTEST_GUILESS_MAIN(TestCrateDbSink)
#include "test_cratedb_sink.moc"

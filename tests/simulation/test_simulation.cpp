// Events that never were: exact, repeatable, flagged, and told as they are.
#include "event_fixture.h"
#include "libfacetrack/analytics/journal_history.h"

#include <nlohmann/json.hpp>
#include <set>

using namespace fixture;

namespace {

/// Everything that is brought, with what one can count without any of the project's sums.
struct Brought
{
    std::vector<Record> all;
    std::map<std::tuple<RecordType, std::string, std::string, std::uint64_t>, const Record *> byId;
    EventTruth truth;

    explicit Brought(const SimulatedEvent &event)
    {
        auto made = simulateEvent(event, [this](Record record) -> Result<void> {
            all.push_back(std::move(record));
            return {};
        });
        if (!made)
            qFatal("%s", describe(made.error()).c_str());
        truth = std::move(*made);
        for (const Record &record : all)
            byId[{record.type, record.agent, record.run, record.sequence}] = &record;
    }
};

Error refusalOf(void (*spoil)(SimulatedEvent &))
{
    SimulatedEvent event = hardEvent();
    spoil(event);
    const auto made = simulateEvent(event, [](Record) -> Result<void> { return {}; });
    return made ? Error{} : made.error();
}

} // namespace

class TestSimulation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void faceDetectionsAreExactlyThoseAskedFor()
    {
        const Brought brought(hardEvent());
        std::int64_t faces = 0;
        for (const auto &[id, record] : brought.byId)
            faces += record->faces;
        QCOMPARE(faces, 9'001);
        QCOMPARE(totals(brought.truth.counts).detections, 9'001U);
    }

    void everyRecordIsFlaggedAndSound()
    {
        const Brought brought(hardEvent());
        for (const Record &record : brought.all) {
            QVERIFY(record.simulated);
            if (record.type == RecordType::Observation)
                QVERIFY2(decodeObservation(record).has_value(), record.body.c_str());
            if (record.type == RecordType::Visit)
                QVERIFY2(decodeVisit(record).has_value(), record.body.c_str());
        }
    }

    void theTruthIsWhatTheRecordsSay()
    {
        const Brought brought(hardEvent());
        std::map<std::string, std::uint64_t> frames, visits;
        std::map<std::string, std::set<std::int64_t>> seconds;
        std::uint64_t dwell = 0;
        for (const auto &[id, record] : brought.byId) {
            if (record->type == RecordType::Observation) {
                ++frames[record->agent];
                seconds[record->agent].insert(record->time.count() / 1000);
            } else if (record->type == RecordType::Visit) {
                ++visits[record->agent];
                dwell += static_cast<std::uint64_t>(decodeVisit(*record)->dwell.count());
            }
        }
        for (const auto &[agent, figures] : byAgent(brought.truth.counts)) {
            QCOMPARE(figures.observations, frames[agent]);
            QCOMPARE(figures.simulated, frames[agent]);
            QCOMPARE(figures.seconds, seconds[agent].size());
            QCOMPARE(figures.visits, visits[agent]);
        }
        QCOMPARE(together(brought.truth.dwell).milliseconds, dwell);
        const std::size_t heartbeats = 3;
        QCOMPARE(brought.byId.size(), brought.truth.records + heartbeats);
        QCOMPARE(brought.all.size(), brought.byId.size() + brought.truth.duplicates);
        QVERIFY(brought.truth.late > 0 && brought.truth.duplicates > 0);
    }

    void nothingIsSeenInAnOutage()
    {
        const Brought brought(hardEvent());
        QVERIFY(brought.truth.outages.size() > 10);
        for (const Record &record : brought.all) {
            if (record.type != RecordType::Observation)
                continue;
            for (const EventTruth::Outage &outage : brought.truth.outages)
                QVERIFY(record.agent != outage.agent || record.time < outage.from
                        || record.time >= outage.to);
        }
    }

    void theSameSeedMakesTheSameRecords()
    {
        const Brought one(hardEvent(3)), same(hardEvent(3)), other(hardEvent(4));
        QCOMPARE(one.all.size(), same.all.size());
        for (std::size_t i = 0; i < one.all.size(); ++i) {
            QCOMPARE(one.all[i].run, same.all[i].run);
            QCOMPARE(one.all[i].time, same.all[i].time);
            QCOMPARE(one.all[i].body, same.all[i].body);
        }
        QVERIFY(one.all.front().run != other.all.front().run);
    }

    void aConferenceStartsSlowlyRestsAtLunchAndIsFullestAtFour()
    {
        SimulatedEvent event = hardEvent();
        event.profile = "conference";
        event.total = 60'000;
        event.rate = 1;
        event.outages = 0;
        event.first = QDate(2026, 5, 4);
        const Brought brought(event);
        const auto hours = byHourOfDay(brought.truth.counts, *LocalTime::of(event.zone));
        QCOMPARE(hours[3].visits, 0U);
        QVERIFY(hours[9].visits < hours[11].visits / 2);
        QVERIFY(hours[12].visits < hours[11].visits);
        QVERIFY(hours[16].visits > hours[13].visits && hours[15].visits > hours[14].visits);
        QVERIFY(hours[18].visits < hours[16].visits / 4);
    }

    void aJournalAnswersAsTheTruthDoes()
    {
        EventJournal past;
        const EventTruth truth = past.fill(hardEvent());
        const HistoryScope scope = scopeOf(truth);
        QVERIFY(*countJournal(past.journal(), scope) == truth.counts);
        QVERIFY(*countJournal(past.journal(), scope, 60) == coarser(truth.counts, 60));
        QVERIFY(*heatMapOf(past.journal(), scope) == truth.heatMap);
        QVERIFY(*dwellOf(past.journal(), scope) == truth.dwell);
        QVERIFY(*marksOf(past.journal(), scope) == truth.marks);
        QCOMPARE(truth.marks.size(), std::size_t(6));
        // 25 hours on the second day, 24 on the first.
        QCOMPARE(truth.counts.span.to - truth.counts.span.from, Minute(49 * 60));
    }

    void whatCannotBeIsRefusedInWords()
    {
        QCOMPARE(refusalOf([](SimulatedEvent &e) { e.agents = {"a", "a"}; }).where, std::string("agents"));
        QCOMPARE(refusalOf([](SimulatedEvent &e) { e.agents = {""}; }).where, std::string("agents"));
        QCOMPARE(refusalOf([](SimulatedEvent &e) { e.first = {}; }).where, std::string("from"));
        QCOMPARE(refusalOf([](SimulatedEvent &e) { e.rate = 0; }).where, std::string("rate"));
        QCOMPARE(refusalOf([](SimulatedEvent &e) { e.zone = "Moon/Tycho"; }).where, std::string("tz"));
        QCOMPARE(refusalOf([](SimulatedEvent &e) { e.profile = "party"; }).advice,
                 std::string("conference, flat"));
        QCOMPARE(refusalOf([](SimulatedEvent &e) {
                     e.profile = "conference";
                     e.closes = 8 * 60;
                 }).where, std::string("profile"));
    }
};

QTEST_GUILESS_MAIN(TestSimulation)
#include "test_simulation.moc"

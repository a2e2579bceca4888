// Whoever is asked says the same, to the digit: agents with their Journals, the database, with sums
// and without, and the simulation that made it all. Across the end and the begin of summer time, with
// holes, late rows and rows that come twice.
#include "libfacetrack/analytics/agents_history.h"
#include "libfacetrack/analytics/crate_history.h"
#include "libfacetrack/analytics/crate_rollup.h"
#include "libfacetrack/analytics/journal_history.h"
#include "libfacetrack/store/crate_schema.h"
#include "libfacetrack/store/uploader.h"
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/simulation/event_fixture.h"
#include "tests/support/agent_process.h"

#include <optional>

using namespace fixture;

namespace {

constexpr int patience = 60'000; // ms

/// The answers of one who is asked.
struct Answers
{
    Result<Counts> minutes, fives, hours, ofOne;
    Result<HeatMap> heatMap;
    Result<DwellByAgent> dwell;
    Result<std::vector<TuningMark>> marks;
};

template<typename T, typename Ask>
Result<T> waited(const Ask &ask)
{
    QObject context;
    std::optional<Result<T>> answer;
    ask(&context, [&answer](Result<T> came) { answer = std::move(came); });
    if (answer || !QTest::qWaitFor([&answer] { return answer.has_value(); }, patience))
        return fail(ErrorCode::Internal, "test", "called back at once or never");
    return std::move(*answer);
}

Result<Counts> countsOf(History &history, const HistoryScope &scope, Minute step)
{
    return waited<Counts>([&](QObject *context, auto done) {
        history.counts(scope, step, context, done);
    });
}

/// A span that begins and ends within hours, so that sums and rows meet in the middle of something.
HistoryScope oddPart(const EventTruth &truth)
{
    return {{truth.counts.span.from + 7 * 60 + 3, truth.counts.span.to - 95}, {"pi-ber-2"}};
}

Answers answersOf(History &history, const EventTruth &truth)
{
    const HistoryScope scope = scopeOf(truth);
    Answers answers;
    answers.minutes = countsOf(history, scope, 1);
    answers.fives = countsOf(history, scope, 5);
    answers.hours = countsOf(history, scope, 60);
    answers.ofOne = countsOf(history, oddPart(truth), 7);
    answers.heatMap = waited<HeatMap>([&](QObject *context, auto done) {
        history.heatMap(scope, context, done);
    });
    answers.dwell = waited<DwellByAgent>([&](QObject *context, auto done) {
        history.dwell(scope, {}, context, done);
    });
    answers.marks = waited<std::vector<TuningMark>>([&](QObject *context, auto done) {
        history.marks(scope, context, done);
    });
    return answers;
}

/// The truth about the odd part, summed up here.
Counts truthOf(const HistoryScope &scope, const EventTruth &truth)
{
    Counts part{scope.span, 1, {}};
    for (const auto &[minute, agents] : truth.counts.stretches) {
        for (const auto &[agent, figures] : agents) {
            if (minute >= scope.span.from && minute < scope.span.to && agent == scope.agents.front())
                part.stretches[minute][agent] = figures;
        }
    }
    return coarser(part, 7);
}

template<typename T>
std::string wordsOf(const Result<T> &answer)
{
    return answer ? "another answer" : describe(answer.error());
}

#define COMPARE_TO_TRUTH(answer, truth) \
    QVERIFY2((answer).has_value() && *(answer) == (truth), wordsOf(answer).c_str())

void compare(const Answers &answers, const EventTruth &truth)
{
    COMPARE_TO_TRUTH(answers.minutes, truth.counts);
    COMPARE_TO_TRUTH(answers.fives, coarser(truth.counts, 5));
    COMPARE_TO_TRUTH(answers.hours, coarser(truth.counts, 60));
    COMPARE_TO_TRUTH(answers.ofOne, truthOf(oddPart(truth), truth));
    COMPARE_TO_TRUTH(answers.heatMap, truth.heatMap);
    COMPARE_TO_TRUTH(answers.dwell, truth.dwell);
    COMPARE_TO_TRUTH(answers.marks, truth.marks);
}

/// A stand-in database with tables, filled from a Journal as agents do it.
class Database
{
public:
    Database() : m_crate({QStringLiteral("--refresh-ms"), QStringLiteral("0")})
    {
        m_settings.servers.urls = {m_crate.url().toStdString()};
        if (!applyCrateSchema(*client(), {}, [](const std::string &) {}))
            qFatal("no tables");
    }
    std::unique_ptr<cratedb::Client> client() const
    {
        return cratedb::Client::make(m_settings.servers).value();
    }
    std::unique_ptr<CrateHistory> history(CrateHistory::From from = CrateHistory::From::SumsAndRows) const
    {
        return std::make_unique<CrateHistory>(client(), "facetrack", from);
    }
    void upload(Journal &journal) const
    {
        UploaderOptions options;
        options.interval = std::chrono::milliseconds(20);
        Uploader uploader(journal, [this] { return makeSink(m_settings); }, options);
        uploader.start();
        QTRY_COMPARE_WITH_TIMEOUT(journal.state().undelivered, 0U, patience);
        QCOMPARE(journal.state().quarantined, 0U);
    }
    RollupDone rollUpTo(Minute end) const
    {
        const auto database = client();
        const auto done = rollUp(*database, "facetrack", UtcTime((end + 2) * 60'000),
                                 std::chrono::hours(0), [](const std::string &) {});
        if (!done)
            qFatal("%s", describe(done.error()).c_str());
        return *done;
    }
    const FakeCrate &crate() const { return m_crate; }

private:
    FakeCrate m_crate;
    SinkSettings m_settings;
};

} // namespace

class TestSameAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoeverIsAsked_data()
    {
        QTest::addColumn<QDate>("first");
        QTest::newRow("the end of summer time") << QDate(2026, 10, 24);
        QTest::newRow("its begin") << QDate(2026, 3, 28);
    }
    void whoeverIsAsked()
    {
        QFETCH(QDate, first);
        SimulatedEvent event = hardEvent();
        event.first = first;
        EventJournal past;
        const EventTruth truth = past.fill(event);
        compare(answersOf(*std::make_unique<JournalHistory>(past.journal()), truth), truth);
        Database database;
        database.upload(past.journal());
        past.close();
        askAgent(past.folder(), truth);

        compare(answersOf(*database.history(), truth), truth); // no sums yet
        const Minute middle = (truth.counts.span.from + truth.counts.span.to) / 2;
        QVERIFY(database.rollUpTo(middle).hours > 20);
        compare(answersOf(*database.history(), truth), truth); // sums, and rows after them
        QVERIFY(database.rollUpTo(truth.counts.span.to + 60).hours > 20);
        QCOMPARE(database.rollUpTo(truth.counts.span.to + 60).hours, std::size_t(0));
        compare(answersOf(*database.history(), truth), truth); // sums only
        compare(answersOf(*database.history(CrateHistory::From::Rows), truth), truth);
        // Sums outlive their rows.
        database.crate().sql("DELETE FROM facetrack.observations");
        QCOMPARE(database.rollUpTo(truth.counts.span.to + 60).hours, std::size_t(0));
        compare(answersOf(*database.history(), truth), truth);
    }

    void rowsThatComeLateAreSummedUpAtTheNextTime()
    {
        SimulatedEvent event = hardEvent(11);
        event.late = 0;
        EventJournal past;
        const EventTruth truth = past.fill(event);
        EventJournal first; // all but one hour of one agent
        EventJournal late;
        const Minute hole = truth.counts.span.from + 10 * 60;
        const auto all = past.journal().undelivered(0, 1'000'000).value();
        std::vector<Record> soon, after;
        for (const StoredRecord &stored : all) {
            const Minute minute = stored.record.time.count() / 60'000;
            const bool isLate = minute >= hole && minute < hole + 50 && stored.record.agent == "pi-ber-1";
            (isLate ? after : soon).push_back(stored.record);
        }
        QVERIFY(!after.empty());
        QVERIFY(first.journal().appendAndCommit(soon));
        QVERIFY(late.journal().appendAndCommit(after));
        Database database;
        database.upload(first.journal());
        database.rollUpTo(truth.counts.span.to + 60);
        QVERIFY(!(*countsOf(*database.history(), scopeOf(truth), 1) == truth.counts));
        database.upload(late.journal());
        const RollupDone done = database.rollUpTo(truth.counts.span.to + 60);
        QVERIFY(done.late >= 1 && done.hours == done.late);
        compare(answersOf(*database.history(), truth), truth);
    }

    void anAgentThatIsAwayIsNamedAndTheOthersAnswer()
    {
        EventJournal past;
        const EventTruth truth = past.fill(hardEvent());
        past.close();
        auto agent = runAgent(QStringLiteral("synthetic:booth?size=160x120&frames=1"), past.folder(),
                              kept());
        QVERIFY(agent->waitReady());
        AgentsHistory history({{"here", {agent->url().toString().toStdString(), {}, {}}},
                               {"away", {"http://127.0.0.1:1", {}, {}}}});
        COMPARE_TO_TRUTH(countsOf(history, scopeOf(truth), 1), truth.counts);
        QCOMPARE(history.missing(), std::vector<std::string>{"away"});
        AgentsHistory nobody({{"away", {"http://127.0.0.1:1", {}, {}}}});
        QVERIFY(!countsOf(nobody, scopeOf(truth), 1));
    }

    void countsByHandAreToldWithWhatTheAgentCounted()
    {
        EventJournal past;
        const EventTruth truth = past.fill(hardEvent());
        past.close();
        auto agent = runAgent(QStringLiteral("synthetic:booth?size=160x120&frames=1"), past.folder(),
                              kept());
        QVERIFY(agent->waitReady());
        const Span counted{truth.counts.span.from + 600, truth.counts.span.from + 660};
        std::uint64_t visits = 0;
        for (const auto &[minute, agents] : truth.counts.stretches) {
            for (const auto &[name, figures] : agents)
                visits += minute >= counted.from && minute < counted.to ? figures.visits : 0;
        }
        const AgentAccess access{agent->url().toString().toStdString(), {}, {}};
        AgentClient client(access);
        QObject context;
        std::optional<AgentResult<nlohmann::json>> stored;
        client.send("POST", "/api/v1/validation",
                    {{"from_ms", counted.from * 60'000}, {"to_ms", counted.to * 60'000},
                     {"count", visits + 2}, {"note", "by Ada"}},
                    &context, [&stored](AgentResult<nlohmann::json> came) { stored = std::move(came); });
        QTRY_VERIFY_WITH_TIMEOUT(stored.has_value(), patience);
        QVERIFY2(*stored, stored->has_value() ? "" : describe(stored->error()).c_str());
        AgentsHistory history({{"pi-ber-1", access}});
        const auto checkedIn = [&history](Span span) {
            return waited<std::vector<CheckedCount>>([&](QObject *asked, auto done) {
                history.checkedCounts({span, {}}, asked, done);
            });
        };
        const auto told = checkedIn(truth.counts.span);
        QVERIFY(told && told->size() == 1);
        QCOMPARE(told->front().agent, std::string("pi-ber-1"));
        QCOMPARE(told->front().visits, static_cast<std::int64_t>(visits));
        QCOMPARE(told->front().counted, static_cast<std::int64_t>(visits) + 2);
        QCOMPARE(told->front().from.count(), counted.from * 60'000);
        QVERIFY(told->front().recall < 1 && told->front().precision > 0.99);
        QVERIFY(checkedIn({counted.from + 1, truth.counts.span.to})->empty()); // not all of it
        bool heard = false; // nobody in particular listens
        history.counts(scopeOf(truth), 60, nullptr, [&heard](Result<Counts>) { heard = true; });
        QTRY_VERIFY_WITH_TIMEOUT(heard, patience);
    }

    void questionsThatCannotBeAreRefused()
    {
        const Database database;
        const auto history = database.history();
        QCOMPARE(countsOf(*history, {{10, 10}, {}}, 1).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(countsOf(*history, {{10, 20}, {}}, 0).error().code, ErrorCode::InvalidArgument);
        const CrateHistory elsewhere(database.client(), "nowhere");
        const auto answer = countsOf(const_cast<CrateHistory &>(elsewhere), {{10, 20}, {}}, 1);
        QVERIFY2(answer.error().advice.find("database") != std::string::npos
                     || answer.error().message.find("database") != std::string::npos,
                 describe(answer.error()).c_str());
    }

    void nothingIsToldToOneWhoIsGone()
    {
        const Database database;
        const auto history = database.history();
        auto context = std::make_unique<QObject>();
        bool told = false;
        history->counts({{10, 20}, {}}, 1, context.get(), [&told](Result<Counts>) { told = true; });
        context.reset();
        QVERIFY(countsOf(*history, {{10, 20}, {}}, 1).has_value());
        QVERIFY(!told);
    }

private:
    /// Nothing made up is too old.
    static QStringList kept()
    {
        return {QStringLiteral("--set"), QStringLiteral("journal.max_days=3650")};
    }

    void askAgent(const QString &folder, const EventTruth &truth)
    {
        auto agent = runAgent(QStringLiteral("synthetic:booth?size=160x120&frames=1"), folder, kept());
        QVERIFY(agent->waitReady());
        AgentsHistory history({{"pi-ber-1", {agent->url().toString().toStdString(), {}, {}}}});
        compare(answersOf(history, truth), truth);
        QVERIFY(history.missing().empty());
    }
};

QTEST_GUILESS_MAIN(TestSameAnswers)
#include "test_same_answers.moc"

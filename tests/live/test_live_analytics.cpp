// The questions about the past, asked of a real CrateDB: every statement runs there and says what the
// simulation made.
#include "libfacetrack/analytics/crate_history.h"
#include "libfacetrack/analytics/crate_rollup.h"
#include "libfacetrack/store/crate_schema.h"
#include "libfacetrack/store/uploader.h"
#include "tests/live/live_crate.h"
#include "tests/simulation/event_fixture.h"

#include <QElapsedTimer>
#include <optional>

using namespace fixture;

namespace {

constexpr int patience = 120'000; // ms

template<typename T, typename Ask>
Result<T> waited(const char *question, const Ask &ask)
{
    QObject context;
    std::optional<Result<T>> answer;
    QElapsedTimer timer;
    timer.start();
    ask(&context, [&answer](Result<T> came) { answer = std::move(came); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, patience))
        return fail(ErrorCode::Internal, "test", "never called back");
    qInfo("%s: %lld ms", question, static_cast<long long>(timer.elapsed()));
    return std::move(*answer);
}

template<typename T>
std::string wordsOf(const Result<T> &answer)
{
    return answer ? "another answer" : describe(answer.error());
}

} // namespace

class TestLiveAnalytics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!LiveCrate::isThere())
            QSKIP("FACETRACK_CRATEDB_URL does not name a CrateDB");
        m_crate = std::make_unique<LiveCrate>();
        for (const QString &url : m_crate->urls().split(u','))
            m_settings.servers.urls.push_back(url.trimmed().toStdString());
        m_settings.servers.user = qEnvironmentVariable("FACETRACK_CRATEDB_USER").toStdString();
        m_settings.servers.passwordFile
            = qEnvironmentVariable("FACETRACK_CRATEDB_PASSWORD_FILE").toStdString();
        m_settings.schema = m_crate->schema().toStdString();
    }
    void cleanupTestCase() { m_crate.reset(); }

    void theDatabaseSaysWhatTheSimulationMade()
    {
        CrateSchemaOptions options;
        options.schema = m_settings.schema;
        const auto made = applyCrateSchema(*client(), options, [](const std::string &) {});
        QVERIFY2(made, made ? "" : describe(made.error()).c_str());
        EventJournal past;
        const EventTruth truth = past.fill(hardEvent());
        {
            Uploader uploader(past.journal(), [this] { return makeSink(m_settings); }, {});
            uploader.start();
            QTRY_COMPARE_WITH_TIMEOUT(past.journal().state().undelivered, 0U, patience);
        }
        for (const char *table : {"observations", "visits", "tuning_changes", "rollups"})
            m_crate->sql("REFRESH TABLE " + m_crate->tableName(table));
        compare("rows", truth);
        const Minute middle = (truth.counts.span.from + truth.counts.span.to) / 2;
        for (const Minute end : {middle, truth.counts.span.to + 60}) {
            const auto done = rollUp(*client(), m_settings.schema, UtcTime((end + 2) * 60'000),
                                     std::chrono::hours(0), [](const std::string &) {});
            QVERIFY2(done, done ? "" : describe(done.error()).c_str());
            QVERIFY(done->hours > 20);
            compare(end == middle ? "sums and rows" : "sums", truth);
        }
    }

private:
    std::unique_ptr<cratedb::Client> client() const
    {
        return cratedb::Client::make(m_settings.servers).value();
    }

    void compare(const char *what, const EventTruth &truth) const
    {
        qInfo("%s:", what);
        CrateHistory history(client(), m_settings.schema);
        const HistoryScope scope = scopeOf(truth);
        const auto counts = waited<Counts>("counts", [&](QObject *context, auto done) {
            history.counts(scope, 1, context, done);
        });
        QVERIFY2(counts && *counts == truth.counts, wordsOf(counts).c_str());
        HistoryScope part = scope;
        part.agents = {"pi-ber-2", "pi-ber-3"};
        const auto hours = waited<Counts>("hours of two agents", [&](QObject *context, auto done) {
            history.counts(part, 60, context, done);
        });
        QVERIFY2(hours && totals(*hours).visits
                              == byAgent(truth.counts).at("pi-ber-2").visits
                                     + byAgent(truth.counts).at("pi-ber-3").visits,
                 wordsOf(hours).c_str());
        const auto heat = waited<HeatMap>("heat map", [&](QObject *context, auto done) {
            history.heatMap(scope, context, done);
        });
        QVERIFY2(heat && *heat == truth.heatMap, wordsOf(heat).c_str());
        const auto dwell = waited<DwellByAgent>("dwell", [&](QObject *context, auto done) {
            history.dwell(scope, {}, context, done);
        });
        QVERIFY2(dwell && *dwell == truth.dwell, wordsOf(dwell).c_str());
        const auto marks = waited<std::vector<TuningMark>>("marks", [&](QObject *context, auto done) {
            history.marks(scope, context, done);
        });
        QVERIFY2(marks && *marks == truth.marks, wordsOf(marks).c_str());
    }

    std::unique_ptr<LiveCrate> m_crate;
    SinkSettings m_settings;
};

QTEST_GUILESS_MAIN(TestLiveAnalytics)
#include "test_live_analytics.moc"

// One value that holds all that a report says, and the tables made of it.
#include "libfacetrack/analytics/journal_history.h"
#include "libfacetrack/analytics/report_csv.h"
#include "tests/simulation/event_fixture.h"

#include <optional>

using namespace fixture;

namespace {

EventPlan planOf(const SimulatedEvent &event, const std::string &hours)
{
    EventPlan plan;
    for (int day = 0; day < event.days; ++day)
        plan.days.push_back(event.first.addDays(day));
    plan.hours = *parseHours(hours);
    plan.zone = event.zone;
    return plan;
}

Result<EventReport> reportOf(History &history, const EventPlan &plan)
{
    QObject context;
    std::optional<Result<EventReport>> report;
    collectReport(history, plan, UtcTime(0), &context,
                  [&report](Result<EventReport> made) { report = std::move(made); });
    if (report || !QTest::qWaitFor([&report] { return report.has_value(); }, 20'000))
        return fail(ErrorCode::Internal, "test", "called back at once or never");
    return std::move(*report);
}

QStringList linesOf(const EventReport &report, const std::string &table)
{
    for (const ReportTable &one : reportTables(report)) {
        if (one.name == table)
            return QString::fromStdString(one.text).trimmed().split(QStringLiteral("\r\n"));
    }
    return {};
}

/// Answers with marks that somebody wrote to do harm; nothing else.
class Hostile final : public History
{
public:
    void counts(const HistoryScope &scope, Minute step, QObject *, Done<Counts> done) override
    {
        later(done, Result<Counts>(Counts{scope.span, step, {}}));
    }
    void heatMap(const HistoryScope &, QObject *, Done<HeatMap> done) override
    {
        later(done, Result<HeatMap>());
    }
    void dwell(const HistoryScope &, const std::string &, QObject *, Done<DwellByAgent> done) override
    {
        later(done, Result<DwellByAgent>());
    }
    void marks(const HistoryScope &, QObject *, Done<std::vector<TuningMark>> done) override
    {
        later(done, Result<std::vector<TuningMark>>(std::vector<TuningMark>{
                        {UtcTime(0), "a", 1, "=HYPERLINK(\"http://x\")", "detect.x", "1\r\n2", "a,b"}}));
    }
    void checkedCounts(const HistoryScope &, QObject *, Done<std::vector<CheckedCount>> done) override
    {
        later(done, Result<std::vector<CheckedCount>>(fail(ErrorCode::Denied, "", "not for you")));
    }
    std::vector<std::string> missing() const override { return {"pi-9"}; }

private:
    template<typename D, typename A>
    void later(D done, A answer)
    {
        QMetaObject::invokeMethod(&m_object, [done, answer] { done(answer); }, Qt::QueuedConnection);
    }
    QObject m_object;
};

} // namespace

class TestEventReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWholeEventIsTheTruth()
    {
        EventJournal past;
        const SimulatedEvent event = hardEvent();
        const EventTruth truth = past.fill(event);
        JournalHistory history(past.journal());
        const auto report = reportOf(history, planOf(event, "00:00-24:00"));
        QVERIFY(report);
        QVERIFY(report->minutes == truth.counts);
        QVERIFY(report->heatMap == truth.heatMap);
        QVERIFY(report->dwell == truth.dwell);
        QVERIFY(report->marks == truth.marks);
        QCOMPARE(report->total.detections, std::uint64_t(9'001));
        QVERIFY(report->isSimulated());
        QCOMPARE(report->openMinutes(), Minute(49 * 60)); // a day of 25 hours in it
        QCOMPARE(report->hours.size(), std::size_t(49 - 1)); // 2 o'clock twice is one hour of the clock
        QCOMPARE(report->days[0].figures.detections + report->days[1].figures.detections,
                 report->total.detections);
        QVERIFY(report->coverage() > 0.05 && report->coverage() < 0.2); // a picture in ten seconds
    }

    void onlyTheOpeningHoursAreInIt()
    {
        EventJournal past;
        SimulatedEvent event = hardEvent();
        event.outages = 0;
        const EventTruth truth = past.fill(event);
        JournalHistory history(past.journal());
        const auto report = reportOf(history, planOf(event, "10:00-16:30"));
        QVERIFY(report);
        const LocalTime local = *LocalTime::of(event.zone);
        Figures inside;
        for (const auto &[minute, agents] : truth.counts.stretches) {
            const int clock = local.minuteOfDay(minute);
            for (const auto &[agent, figures] : agents) {
                if (clock >= 600 && clock < 990)
                    inside += figures;
            }
        }
        QVERIFY(inside == report->total);
        QCOMPARE(report->openMinutes(), Minute(2 * 390));
        QCOMPARE(report->hours.size(), std::size_t(14));
        QCOMPARE(report->hours.front().hour, 10);
        QVERIFY(report->gaps.empty());
    }

    void noDataIsNeverToldAsNobody()
    {
        EventJournal past;
        SimulatedEvent event = hardEvent();
        event.days = 1;
        event.opens = 9 * 60;
        event.closes = 10 * 60;
        event.total = 0;
        event.outages = 0;
        past.fill(event);
        JournalHistory history(past.journal());
        const auto report = reportOf(history, planOf(event, "09:00-11:00"));
        QVERIFY(report);
        const QStringList hours = linesOf(*report, "hours");
        QCOMPARE(hours.size(), 3);
        QCOMPARE(hours[1].section(u',', 4), QStringLiteral("0,0.000000,0")); // seen: nobody
        QCOMPARE(hours[2].section(u',', 2), QStringLiteral("0,0,,,"));       // not seen
        QCOMPARE(report->gaps.size(), std::size_t(3));
        QCOMPARE(report->gaps[0].span.to - report->gaps[0].span.from, Minute(60));
        const auto later = reportOf(history, planOf(event, "12:00-13:00"));
        QCOMPARE(keyFigures(*later)[0].value, std::string("no data"));
    }

    void theKeyFiguresAreInWords()
    {
        EventJournal past;
        SimulatedEvent event = hardEvent();
        event.profile = "conference";
        event.first = QDate(2026, 5, 4);
        event.total = 50'000;
        event.rate = 1;
        event.outages = 0;
        past.fill(event);
        JournalHistory history(past.journal());
        const auto report = reportOf(history, planOf(event, "09:00-18:00"));
        QVERIFY(report);
        const auto busiest = busiestHour(*report);
        QVERIFY(busiest && busiest->hour >= 14 && busiest->hour <= 17);
        for (const KeyFigure &figure : keyFigures(*report))
            QVERIFY(!figure.about.empty() && figure.value != "no data");
        QVERIFY(howItWasCounted(*report).front().find("made up") != std::string::npos);
        // Exact, though each table is written from another part.
        double visits = 0;
        const QStringList minutes = linesOf(*report, "minutes");
        QCOMPARE(minutes.size(), 1 + 2 * 540 * 3);
        for (const QString &line : minutes.mid(1))
            visits += line.section(u',', -1).toDouble();
        QCOMPARE(static_cast<std::uint64_t>(visits), report->total.visits);
        double share = 0;
        for (const QString &line : linesOf(*report, "agents").mid(1))
            share += line.section(u',', 6, 6).toDouble();
        QVERIFY(std::abs(share - 1) < 1e-5);
    }

    void whatOthersWroteDoesNoHarmInASpreadsheet()
    {
        Hostile history;
        EventPlan plan;
        plan.days = {QDate(2026, 5, 4)};
        plan.zone = "UTC";
        const auto report = reportOf(history, plan);
        QVERIFY(report); // validations that are not told spoil nothing
        QCOMPARE(report->missing, std::vector<std::string>{"pi-9"});
        std::string table;
        for (const ReportTable &one : reportTables(*report))
            table = one.name == "settings-changes" ? one.text : table;
        const std::string wanted
            = "\"'=HYPERLINK(\"\"http://x\"\")\",detect.x,\"1\r\n2\",\"a,b\"";
        QVERIFY2(table.find(wanted) != std::string::npos, table.c_str());
    }

    void plansAreReadAndRefused()
    {
        QCOMPARE(parseDays("2026-05-04..2026-05-06")->size(), std::size_t(3));
        QCOMPARE(parseDays("2026-05-06,2026-05-04,2026-05-04")->front(), QDate(2026, 5, 4));
        for (const char *bad : {"", "yesterday", "2026-05-06..2026-05-04", "2026-01-01..2026-12-31"})
            QVERIFY2(!parseDays(bad), bad);
        QCOMPARE(*parseHours("09:00-24:00"), (OpeningHours{540, 1440}));
        for (const char *bad : {"", "9-18", "18:00-09:00", "09:00", "09:00-25:00"})
            QVERIFY2(!parseHours(bad), bad);
        Hostile history;
        QCOMPARE(reportOf(history, {}).error().where, std::string("days"));
        EventPlan plan;
        plan.days = {QDate(2026, 5, 4)};
        plan.zone = "Moon/Tycho";
        QCOMPARE(reportOf(history, plan).error().where, std::string("tz"));
    }

    void tablesAreWrittenIntoAFolder()
    {
        Hostile history;
        EventPlan plan;
        plan.days = {QDate(2026, 5, 4)};
        plan.zone = "UTC";
        const auto report = reportOf(history, plan);
        const QTemporaryDir folder;
        const auto place = std::filesystem::path(folder.path().toStdString()) / "of" / "event";
        QVERIFY(writeTables(*report, place));
        for (const ReportTable &table : reportTables(*report))
            QVERIFY(std::filesystem::file_size(place / (table.name + ".csv")) == table.text.size());
        QVERIFY(!writeTables(*report, "/proc/nowhere"));
    }
};

QTEST_GUILESS_MAIN(TestEventReport)
#include "test_event_report.moc"

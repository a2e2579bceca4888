// The charts of an event say what the simulation made, to the digit.
#include "console/charts/event_charts.h"
#include "libfacetrack/analytics/journal_history.h"
#include "tests/simulation/event_fixture.h"

#include <numeric>
#include <optional>

using namespace fixture;
using namespace facetrack::console;

class TestConsoleEventCharts : public QObject
{
    Q_OBJECT

private:
    EventJournal m_journal;
    EventTruth m_truth;
    EventReport m_report;

    static double sum(const std::vector<std::optional<double>> &values)
    {
        return std::accumulate(values.begin(), values.end(), 0.0,
                               [](double to, const auto &value) { return to + value.value_or(0); });
    }
    EventReport report(const OpeningHours &hours)
    {
        EventPlan plan;
        plan.days = {QDate(2026, 10, 24), QDate(2026, 10, 25)};
        plan.hours = hours;
        plan.zone = "Europe/Berlin";
        JournalHistory history(m_journal.journal());
        std::optional<Result<EventReport>> made;
        collectReport(history, plan, UtcTime(0), this, [&](Result<EventReport> came) { made = std::move(came); });
        if (!QTest::qWaitFor([&] { return made.has_value(); }, 60'000) || !*made)
            qFatal("no report");
        return std::move(**made);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_truth = m_journal.fill(hardEvent());
        m_report = report({});
    }

    void linesAddUpToTheTruthInEveryStep()
    {
        const AgentStyles styles = agentStyles(agentIds(m_report));
        for (const Minute step : {1, 5, 15, 60}) {
            const LineChart chart = facesOverTime(m_report, Measure::Detections, styles, step);
            QCOMPARE(chart.lines.size(), 3U);
            double faces = 0;
            for (const ChartLine &line : chart.lines)
                for (const ChartPoint &point : line.points)
                    faces += point.value;
            QCOMPARE(faces, 9'001.0);
        }
    }

    void aDayOf25HoursIsAsLongAsItWas()
    {
        const LineChart chart = facesOverTime(m_report, Measure::Visits, {}, 1);
        QCOMPARE(chart.span.length(), qint64(49) * 3'600'000);
        QCOMPARE(chart.zone.id(), QByteArray("Europe/Berlin"));
        const QByteArray csv = QByteArray::fromStdString(chartCsv(chart));
        QVERIFY(csv.contains("2026-10-25T02:30:30+02:00") && csv.contains("2026-10-25T02:30:30+01:00"));
    }

    void whatIsNotKnownIsNoPointAndNoCoverage()
    {
        const LineChart chart = facesOverTime(m_report, Measure::Visits, {}, 1);
        for (const ChartLine &line : chart.lines) {
            qint64 known = 0, all = 0;
            for (const ChartCoverage &part : line.coverage) {
                all += part.span.length();
                known += part.share > 0 ? part.span.length() : 0;
            }
            QCOMPARE(all, chart.span.length());
            QCOMPARE(known, static_cast<qint64>(line.points.size()) * 60'000);
            QVERIFY(known < all); // the event has outages
        }
        const auto outages = std::count_if(chart.marks.begin(), chart.marks.end(), [](const ChartMark &mark) {
            return mark.kind == ChartMark::Kind::Outage;
        });
        QCOMPARE(static_cast<std::size_t>(outages), m_report.gaps.size());
        QVERIFY(outages > 0);
    }

    void hoursSharesAndDwellAddUpToTheTruth()
    {
        const AgentStyles styles = agentStyles(agentIds(m_report));
        const BarChart hours = busiestHours(m_report, Measure::Detections);
        QCOMPARE(hours.categories.size(), 24);
        QCOMPARE(sum(hours.series[0].values), 9'001.0);
        const BarChart share = shareByAgent(m_report, Measure::Detections, styles);
        QCOMPARE(share.categories.size(), 3);
        QCOMPARE(sum(share.series[0].values), 9'001.0);
        QCOMPARE(share.categoryColours[0], styles.at("pi-ber-1").colour);
        const BarChart dwell = dwellHistogram(m_report);
        QCOMPARE(sum(dwell.series[0].values), static_cast<double>(m_report.total.visits));
        const HeatChart heat = heatMapChart(m_report, "pi-ber-2", styles);
        QCOMPARE(std::accumulate(heat.cells.begin(), heat.cells.end(), 0.0),
                 static_cast<double>(m_report.agents.at("pi-ber-2").detections));
    }

    void daysAreLaidOverEachOtherByTheirClocks()
    {
        const LineChart chart = dayAgainstDayChart(m_report, Measure::Detections);
        QCOMPARE(chart.lines.size(), 2U);
        double faces = 0;
        for (const ChartLine &line : chart.lines) {
            QVERIFY(line.points.size() <= 96);
            for (const ChartPoint &point : line.points)
                faces += point.value;
        }
        QCOMPARE(faces, 9'001.0);
        QVERIFY(chart.lines[0].colour != chart.lines[1].colour);
    }

    void onlyOpeningHoursAreInTheCharts()
    {
        const EventReport part = report({9 * 60, 18 * 60});
        const LineChart lines = facesOverTime(part, Measure::Visits, {}, 5);
        QCOMPARE(lines.open.size(), 2U);
        QCOMPARE(lines.open[0].length(), qint64(9) * 3'600'000);
        for (const ChartLine &line : lines.lines)
            for (const ChartPoint &point : line.points)
                QVERIFY((point.time >= lines.open[0].from && point.time < lines.open[0].to)
                        || (point.time >= lines.open[1].from && point.time < lines.open[1].to));
        QCOMPARE(busiestHours(part, Measure::Visits).categories.size(), 9);
        const BarChart coverage = coverageByDay(part, {});
        QCOMPARE(coverage.categories.size(), 2);
        for (const ChartBars &bars : coverage.series)
            for (const auto &value : bars.values)
                QVERIFY(value && *value > 0 && *value <= 100);
    }

    void anAgentThatDidNotAnswerIsHatchedAndNotZero()
    {
        EventReport report = m_report;
        report.missing = {"pi-ber-9"};
        const AgentStyles styles = agentStyles(agentIds(report));
        const BarChart share = shareByAgent(report, Measure::Visits, styles);
        QCOMPARE(share.categories.back(), QStringLiteral("pi-ber-9"));
        QVERIFY(!share.series[0].values.back());
        const LineChart lines = facesOverTime(report, Measure::Visits, styles, 5);
        QVERIFY(lines.lines.back().points.empty());
        QCOMPARE(lines.lines.back().coverage.size(), 1U);
        QCOMPARE(lines.lines.back().coverage[0].share, 0.0);
        QVERIFY(heatMapChart(report, "pi-ber-9", styles).cells.empty());
    }
};

QTEST_MAIN(TestConsoleEventCharts)
#include "test_console_event_charts.moc"

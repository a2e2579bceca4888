#include "console/charts/event_charts.h"

#include "console/charts/chart_ticks.h"
#include "console/charts/chart_words.h"
#include "console/charts/report_numbers.h"

#include <QLocale>
#include <algorithm>
#include <array>

namespace facetrack::console {

namespace {

constexpr qint64 minuteMs = 60'000;
/// Bars of all agents together: a colour that no agent has.
constexpr QRgb neutral = 0xff6f7f8f;

LocalTime localOf(const EventReport &report)
{
    const auto local = LocalTime::of(report.zone).or_else([](const Error &) { return LocalTime::of("UTC"); });
    return *local;
}

std::optional<double> known(Measure measure, const Figures &figures)
{
    return figures.hasData() ? std::optional(valueOf(measure, figures)) : std::nullopt;
}

/// Days are no agents: other colours, apart by lightness too.
QColor dayColour(std::size_t number)
{
    static constexpr std::array<QRgb, 4> colours{0xff8a63b8, 0xffdd6e42, 0xff4f9d9a, 0xffa34a6b};
    return QColor(colours[number % colours.size()]);
}

bool open(const EventReport &report, int hour)
{
    return (hour + 1) * 60 > report.plan.hours.opens && hour * 60 < report.plan.hours.closes;
}

} // namespace

BarChart busiestHours(const EventReport &report, Measure measure)
{
    BarChart chart;
    chart.title = ChartWords::tr("Busiest hours: %1").arg(measureName(measure));
    chart.about = aboutMeasure(measure);
    chart.valueName = measureName(measure);
    chart.categoryName = ChartWords::tr("hour");
    ChartBars bars{measureName(measure), QColor(neutral), {}};
    const ReportNumbers numbers(report.zone);
    const std::vector<Figures> hours = byHourOfDay(report.minutes, localOf(report));
    for (int hour = 0; hour < static_cast<int>(hours.size()); ++hour) {
        if (!open(report, hour))
            continue;
        chart.categories << numbers.clock(hour);
        bars.values.push_back(known(measure, hours[static_cast<std::size_t>(hour)]));
    }
    chart.series.push_back(std::move(bars));
    return chart;
}

LineChart dayAgainstDayChart(const EventReport &report, Measure measure)
{
    LineChart chart;
    chart.title = ChartWords::tr("Day against day: %1").arg(measureName(measure));
    chart.about = aboutMeasure(measure);
    chart.valueName = measureName(measure);
    chart.clockOnly = true;
    chart.span = {report.plan.hours.opens * minuteMs, report.plan.hours.closes * minuteMs};
    for (const DayCurve &day : report.curves) {
        ChartLine line;
        line.name = QLocale().toString(day.date, QStringLiteral("ddd d MMM"));
        line.colour = dayColour(chart.lines.size());
        const auto step = static_cast<qint64>(24 * 60 / std::max<std::size_t>(1, day.parts.size()));
        line.step = step * minuteMs;
        for (std::size_t n = 0; n < day.parts.size(); ++n) {
            const qint64 time = (static_cast<qint64>(n) * step) * minuteMs + line.step / 2;
            if (day.parts[n].hasData() && time >= chart.span.from && time <= chart.span.to)
                line.points.push_back({time, valueOf(measure, day.parts[n])});
        }
        chart.lines.push_back(std::move(line));
    }
    return chart;
}

BarChart shareByAgent(const EventReport &report, Measure measure, const AgentStyles &styles)
{
    BarChart chart;
    chart.title = ChartWords::tr("Share by agent: %1").arg(measureName(measure));
    chart.about = aboutMeasure(measure);
    chart.valueName = measureName(measure);
    chart.categoryName = ChartWords::tr("agent");
    ChartBars bars{measureName(measure), QColor(neutral), {}};
    double sum = 0;
    for (const auto &[id, figures] : report.agents)
        sum += valueOf(measure, figures);
    for (const std::string &id : agentIds(report)) {
        const auto figures = report.agents.find(id);
        const auto style = styles.find(id);
        chart.categories << (style == styles.end() ? QString::fromStdString(id) : style->second.name);
        chart.categoryColours.push_back(style == styles.end() ? QColor(neutral) : style->second.colour);
        bars.values.push_back(figures == report.agents.end() ? std::nullopt : known(measure, figures->second));
        chart.labels << (bars.values.back() && sum > 0
                             ? (measure == Measure::MeanFaces ? valueText(*bars.values.back())
                                                              : QLocale().toString(100 * *bars.values.back() / sum, 'f', 1) + QStringLiteral(" %"))
                             : QString());
    }
    chart.series.push_back(std::move(bars));
    return chart;
}

BarChart dwellHistogram(const EventReport &report)
{
    BarChart chart;
    const DwellTimes times = together(report.dwell);
    chart.title = ChartWords::tr("How long visits lasted");
    chart.about = visitCount(times) == 0
                      ? aboutMeasure(Measure::Visits)
                      : ChartWords::tr("%1 visits that have ended; half of them lasted %2 s at most, the mean is %3 s.")
                            .arg(valueText(static_cast<double>(visitCount(times))), valueText(static_cast<double>(dwellAt(times, 0.5))),
                                 valueText(meanDwell(times)));
    chart.valueName = measureName(Measure::Visits);
    chart.categoryName = ChartWords::tr("lasted");
    chart.touching = true;
    ChartBars bars{measureName(Measure::Visits), QColor(neutral), {}};
    for (const DwellBar &bar : dwellBars(times)) {
        const bool minutes = bar.from >= 60;
        const qint64 from = minutes ? bar.from / 60 : bar.from, to = minutes ? bar.to / 60 : bar.to;
        chart.categories << (bar.to == 0 ? (minutes ? ChartWords::tr("from %1 min").arg(from) : ChartWords::tr("from %1 s").arg(from))
                             : minutes ? ChartWords::tr("%1–%2 min").arg(from).arg(to)
                                       : ChartWords::tr("%1–%2 s").arg(from).arg(to));
        bars.values.push_back(report.total.hasData() ? std::optional(static_cast<double>(bar.visits)) : std::nullopt);
    }
    chart.series.push_back(std::move(bars));
    return chart;
}

BarChart coverageByDay(const EventReport &report, const AgentStyles &styles)
{
    BarChart chart;
    chart.title = ChartWords::tr("Coverage: how much of the opening hours is known");
    chart.about = ChartWords::tr("Percent of the seconds in which at least one picture was looked at. What is not known is in no other chart.");
    chart.valueName = ChartWords::tr("percent");
    chart.categoryName = ChartWords::tr("day");
    const LocalTime local = localOf(report);
    const std::vector<DayCoverage> days = coverage(report.minutes, local);
    for (const EventReport::Day &day : report.days)
        chart.categories << QLocale().toString(day.date, QStringLiteral("ddd d MMM"));
    for (const std::string &id : agentIds(report)) {
        const auto style = styles.find(id);
        ChartBars bars{style == styles.end() ? QString::fromStdString(id) : style->second.name,
                       style == styles.end() ? QColor(neutral) : style->second.colour, {}};
        for (const EventReport::Day &day : report.days) {
            const auto found = std::find_if(days.begin(), days.end(), [&](const DayCoverage &one) { return one.date == day.date; });
            const auto whole = static_cast<double>(60 * (day.span.to - day.span.from));
            const bool none = found == days.end() || !found->seconds.contains(id) || found->seconds.at(id) == 0;
            bars.values.push_back(none ? std::nullopt
                                       : std::optional(std::min(100.0, 100 * static_cast<double>(found->seconds.at(id)) / whole)));
        }
        chart.series.push_back(std::move(bars));
    }
    return chart;
}

HeatChart heatMapChart(const EventReport &report, const std::string &agent, const AgentStyles &styles, const QImage &picture)
{
    HeatChart chart;
    const auto style = styles.find(agent);
    chart.title = ChartWords::tr("Where faces were: %1").arg(style == styles.end() ? QString::fromStdString(agent) : style->second.name);
    chart.about = ChartWords::tr("Face detections by the middle of the face, in quarters of an hour that the opening hours touch.");
    chart.valueName = ChartWords::tr("face detections");
    chart.grid = QSize(HeatGrid::columns, HeatGrid::rows);
    chart.picture = picture;
    if (const auto cells = report.heatMap.find(agent); cells != report.heatMap.end())
        chart.cells.assign(cells->second.begin(), cells->second.end());
    return chart;
}

} // namespace facetrack::console

#include "console/charts/chart_words.h"
#include "console/charts/event_charts.h"
#include "console/core/agent_colours.h"
#include "console/core/agent_list_model.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace facetrack::console {

namespace {

constexpr qint64 minuteMs = 60'000;

ChartSpan millis(const Span &span)
{
    return {span.from * minuteMs, span.to * minuteMs};
}

QString nameIn(const AgentStyles &styles, const std::string &id)
{
    const auto style = styles.find(id);
    return style == styles.end() ? QString::fromStdString(id) : style->second.name;
}

/// Neighbours of the same share are one.
void add(std::vector<ChartCoverage> &to, ChartSpan span, double share)
{
    const double rounded = share >= 0.95 ? 1 : share <= 0 ? 0 : std::max(0.1, std::round(share * 10) / 10);
    if (!to.empty() && to.back().span.to == span.from && to.back().share == rounded)
        to.back().span.to = span.to;
    else
        to.push_back({span, rounded});
}

ChartLine lineOf(const EventReport &report, const Counts &counts, const std::string &id, Measure measure)
{
    ChartLine line;
    line.step = counts.step * minuteMs;
    const auto &stretches = counts.stretches;
    for (const EventReport::Day &day : report.days) {
        // Stretches begin at the first day's opening; a day's first one may begin before it opens.
        auto at = stretches.lower_bound(day.span.from - counts.step + 1);
        for (Minute begin = day.span.from; begin < day.span.to; begin += counts.step) {
            while (at != stretches.end() && at->first < begin)
                ++at;
            const Minute end = std::min(begin + counts.step, day.span.to);
            const Figures *figures = nullptr;
            if (at != stretches.end() && at->first < end)
                if (const auto found = at->second.find(id); found != at->second.end() && found->second.hasData())
                    figures = &found->second;
            if (figures)
                line.points.push_back({begin * minuteMs + line.step / 2, valueOf(measure, *figures)});
            add(line.coverage, {begin * minuteMs, end * minuteMs},
                figures ? static_cast<double>(figures->seconds) / static_cast<double>(60 * (end - begin)) : 0);
        }
    }
    return line;
}

/// What changed at one moment of one agent is one mark.
void addMarks(LineChart &chart, const EventReport &report, const AgentStyles &styles)
{
    const TuningMark *before = nullptr;
    for (const TuningMark &mark : report.marks) {
        const QString change = QStringLiteral("%1 %2 → %3").arg(QString::fromStdString(mark.parameter), QString::fromStdString(mark.oldValue),
                                                                QString::fromStdString(mark.newValue));
        if (before && before->time == mark.time && before->agent == mark.agent)
            chart.marks.back().text += QStringLiteral(", ") + change;
        else
            chart.marks.push_back({mark.time.count(), ChartMark::Kind::Change,
                                   (mark.who == "start" ? ChartWords::tr("%1 started with %2") : QStringLiteral("%1: %2")).arg(nameIn(styles, mark.agent), change)});
        before = &mark;
    }
    for (const EventReport::Gap &gap : report.gaps)
        chart.marks.push_back({gap.span.from * minuteMs, ChartMark::Kind::Outage,
                               ChartWords::tr("%1: no data for %2 min").arg(nameIn(styles, gap.agent)).arg(gap.span.to - gap.span.from)});
    std::stable_sort(chart.marks.begin(), chart.marks.end(),
                     [](const ChartMark &a, const ChartMark &b) { return a.time < b.time; });
}

} // namespace

AgentStyles agentStyles(const AgentListModel &agents, const std::vector<std::string> &ids)
{
    AgentStyles styles;
    std::set<QRgb> taken;
    std::vector<std::string> strangers;
    for (const AgentSession *session : agents.sessions())
        taken.insert(agents.colour(session).rgb());
    for (const std::string &id : ids) {
        if (const AgentSession *session = agents.find(QString::fromStdString(id)))
            styles[id] = {session->name(), agents.colour(session)};
        else
            strangers.push_back(id);
    }
    int number = 0;
    for (const std::string &id : strangers) {
        for (int tries = 0; tries < 7 && taken.contains(agentColour(number).rgb()); ++tries)
            ++number;
        styles[id] = {QString::fromStdString(id), agentColour(number++)};
    }
    return styles;
}

AgentStyles agentStyles(const std::vector<std::string> &ids)
{
    AgentStyles styles;
    int number = 0;
    for (const std::string &id : ids)
        styles[id] = {QString::fromStdString(id), agentColour(number++)};
    return styles;
}

std::vector<std::string> agentIds(const EventReport &report)
{
    std::set<std::string> ids(report.missing.begin(), report.missing.end());
    for (const auto &[id, figures] : report.agents)
        ids.insert(id);
    return {ids.begin(), ids.end()};
}

Minute stepFor(qint64 shownMs)
{
    constexpr qint64 hour = 60 * minuteMs;
    return shownMs <= 4 * hour ? 1 : shownMs <= 60 * hour ? 5 : shownMs <= 8 * 24 * hour ? 15 : 60;
}

LineChart facesOverTime(const EventReport &report, Measure measure, const AgentStyles &styles, Minute step)
{
    LineChart chart;
    const QString each = step == 1 ? ChartWords::tr("each minute") : step == 60 ? ChartWords::tr("each hour") : ChartWords::tr("each %1 minutes").arg(step);
    chart.title = ChartWords::tr("%1 by agent, %2").arg(measureName(measure), each);
    chart.about = aboutMeasure(measure);
    chart.valueName = measureName(measure);
    chart.zone = QTimeZone(QByteArray::fromStdString(report.zone));
    if (report.days.empty())
        return chart;
    chart.span = millis({report.days.front().span.from, report.days.back().span.to});
    for (const EventReport::Day &day : report.days)
        chart.open.push_back(millis(day.span));
    const Counts counts = step == report.minutes.step ? report.minutes : coarser(report.minutes, step);
    for (const std::string &id : agentIds(report)) {
        ChartLine line = lineOf(report, counts, id, measure);
        const auto style = styles.find(id);
        line.name = nameIn(styles, id);
        line.colour = style == styles.end() ? QColor(Qt::gray) : style->second.colour;
        chart.lines.push_back(std::move(line));
    }
    addMarks(chart, report, styles);
    return chart;
}

} // namespace facetrack::console

#include "console/present/today.h"

#include <QDateTime>
#include <algorithm>

namespace facetrack::console {

Today::Today(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace), m_job(workspace.agents.surroundings().network)
{
    connect(&m_job, &ReportJob::finished, this, &Today::took);
    connect(&m_job, &ReportJob::failed, this, [this](const Error &why) { failed(QString::fromStdString(why.message)); });
    m_again.setInterval(AtFirst);
    connect(&m_again, &QTimer::timeout, this, &Today::askNow);
    m_again.start();
}

ReportLook Today::look() const
{
    return m_report ? lookOf(m_workspace.agents, *m_report, m_workspace.venues->active().name) : ReportLook{};
}

void Today::askNow()
{
    findPast(m_workspace, m_workspace.venues->active().hasDatabase(), this,
             [this](const HistoryDesk::Maker &past) { past ? ask(past) : failed(tr("no agent is known")); });
}

void Today::ask(const HistoryDesk::Maker &past)
{
    const QTime now = QTime::currentTime();
    EventPlan plan;
    plan.days = {QDate::currentDate()};
    plan.hours = {0, std::max(1, now.hour() * 60 + now.minute() + 1)};
    m_job.start(plan, past);
}

void Today::took(const std::shared_ptr<const EventReport> &report)
{
    QStringList missing;
    bool seenBefore = false;
    const ReportLook look = lookOf(m_workspace.agents, *report, {});
    for (const std::string &agent : report->missing) {
        missing << look.name(agent);
        seenBefore = seenBefore || (m_report && m_report->agents.contains(agent));
    }
    const QString without = missing.isEmpty() ? QString() : tr("%1 does not answer").arg(missing.join(QStringLiteral(", ")));
    // Figures that shrink since an agent is away would be wrong; the older ones are right, and say of when.
    if (seenBefore && m_last.secsTo(QDateTime::currentDateTime()) < std::chrono::seconds(Patience).count()
        && m_report->days.front().date == report->days.front().date)
        return failed(without);
    m_report = report;
    m_last = QDateTime::currentDateTime();
    m_trouble = without;
    m_again.setInterval(Every);
    Q_EMIT changed();
}

void Today::failed(const QString &why)
{
    m_trouble = why;
    Q_EMIT changed();
}

LineChart facesToday(const EventReport &report, const ReportLook &look)
{
    constexpr qint64 minuteMs = 60'000;
    constexpr Minute step = 5;
    LineChart chart = facesOverTime(report, Measure::MeanFaces, look.styles, step);
    if (!report.minutes.stretches.empty())
        chart.span.from = std::max(chart.span.from, report.minutes.stretches.begin()->first / step * step * minuteMs);
    chart.marks.clear(); // for who runs it, not for who walks by
    return chart;
}

BarChart hoursToday(const EventReport &report)
{
    BarChart chart = busiestHours(report, Measure::Visits);
    std::vector<std::optional<double>> &hours = chart.series.front().values;
    while (!hours.empty() && !hours.front()) {
        hours.erase(hours.begin());
        chart.categories.removeFirst();
    }
    return chart;
}

} // namespace facetrack::console

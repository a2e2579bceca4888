#include "console/charts/live_record.h"

#include "console/charts/chart_words.h"

#include <QDateTime>

namespace facetrack::console {

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 stepMs = 4'000; // reports come each second; a few may be late
constexpr qint64 lateMs = 3'000;

} // namespace

LiveRecord::LiveRecord(AgentListModel &agents, QObject *parent) : QObject(parent), m_agents(agents)
{
    for (AgentSession *const session : agents.sessions())
        follow(session);
    connect(&agents, &AgentListModel::sessionAdded, this, &LiveRecord::follow);
    connect(&agents, &AgentListModel::sessionRemoved, this, [this](AgentSession *session) { m_moments.erase(session); });
}

void LiveRecord::follow(AgentSession *session)
{
    connect(session, &AgentSession::reportChanged, this, [this, session] {
        const AgentReport &report = session->report();
        add(session, QDateTime::currentMSecsSinceEpoch(), report.facesNow, report.facesTotal, report.visits);
    });
}

void LiveRecord::add(AgentSession *session, qint64 time, std::int64_t facesNow, std::int64_t facesTotal, std::int64_t visits)
{
    Moments &moments = m_moments[session];
    moments.push_back({time, facesNow, facesTotal, visits});
    while (moments.front().time < time - span - 2 * minuteMs)
        moments.pop_front();
}

void LiveRecord::setPast(const Counts &counts)
{
    m_past = counts;
}

qint64 LiveRecord::begin() const
{
    qint64 first = 0;
    for (const auto &[session, moments] : m_moments)
        if (!moments.empty() && (first == 0 || moments.front().time < first))
            first = moments.front().time;
    return first;
}

void LiveRecord::addNewest(ChartLine &line, const Moments &moments, Measure measure, qint64 from)
{
    auto minuteAgo = moments.begin();
    for (const Moment &moment : moments) {
        if (measure == Measure::MeanFaces) {
            if (moment.time >= from)
                line.points.push_back({moment.time, static_cast<double>(moment.facesNow)});
            continue;
        }
        while (minuteAgo->time < moment.time - minuteMs)
            ++minuteAgo;
        // Without one of a minute ago there is nothing to say yet.
        if (moment.time < from || minuteAgo->time > moment.time - minuteMs + lateMs)
            continue;
        const std::int64_t more = measure == Measure::Visits ? moment.visits - minuteAgo->visits
                                                             : moment.facesTotal - minuteAgo->facesTotal;
        if (more >= 0) // else it began anew, and counts from 0
            line.points.push_back({moment.time, static_cast<double>(more)});
    }
}

void LiveRecord::addPast(ChartLine &line, const std::string &agent, Measure measure, qint64 from, qint64 until) const
{
    for (const auto &[minute, agents] : m_past.stretches) {
        const auto figures = agents.find(agent);
        if (figures == agents.end() || !figures->second.hasData())
            continue;
        for (qint64 time = minute * minuteMs; time < (minute + 1) * minuteMs; time += stepMs)
            if (time >= from && time < until)
                line.points.push_back({time, valueOf(measure, figures->second)});
    }
}

ChartLine LiveRecord::line(const AgentSession *session, Measure measure, qint64 now) const
{
    ChartLine line{session->name(), m_agents.colour(session), stepMs, {}, {}};
    ChartLine newest;
    const qint64 from = now - span - stepMs;
    if (const auto moments = m_moments.find(session); moments != m_moments.end() && !moments->second.empty())
        addNewest(newest, moments->second, measure, from);
    addPast(line, session->id().toStdString(), measure, from, newest.points.empty() ? now : newest.points.front().time);
    line.points.insert(line.points.end(), newest.points.begin(), newest.points.end());
    return line;
}

LineChart LiveRecord::chart(Measure measure, qint64 now) const
{
    LineChart chart;
    chart.title = measure == Measure::MeanFaces ? ChartWords::tr("Faces visible now, the last 15 minutes")
                  : measure == Measure::Visits  ? ChartWords::tr("Visits in a minute, the last 15 minutes")
                                                : ChartWords::tr("Face detections in a minute, the last 15 minutes");
    chart.about = aboutMeasure(measure);
    chart.valueName = measureName(measure);
    chart.span = {now - span, now};
    for (const AgentSession *session : m_agents.sessions())
        chart.lines.push_back(line(session, measure, now));
    return chart;
}

} // namespace facetrack::console

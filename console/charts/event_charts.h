#pragma once
#include "console/charts/chart.h"
#include "console/charts/measures.h"
#include "libfacetrack/analytics/event_report.h"

#include <map>

namespace facetrack::console {

class AgentListModel;

/// How an agent is shown in every chart.
struct AgentStyle
{
    QString name;
    QColor colour;
};
using AgentStyles = std::map<std::string, AgentStyle>;

/// Those of the console's list in the colours they have everywhere; others, known to the database
/// only, in colours that none of these has.
AgentStyles agentStyles(const AgentListModel &agents, const std::vector<std::string> &ids);
/// Without a list of agents: by their order.
AgentStyles agentStyles(const std::vector<std::string> &ids);
/// Of the agents that a report knows something of, or asked and got no answer from.
std::vector<std::string> agentIds(const EventReport &report);

// The charts of an event, made of its report.

/// The key figures in one line of rich text, in the language of the program.
QString eventHeadline(const EventReport &report);

/// By agent, in stretches of `step` minutes, with coverage, settings changes and outages.
LineChart facesOverTime(const EventReport &report, Measure measure, const AgentStyles &styles, Minute step);
/// A step that leaves a few hundred points to what is shown.
Minute stepFor(qint64 shownMs);
/// By the hour of the clock, all days together.
BarChart busiestHours(const EventReport &report, Measure measure);
/// The days laid over each other by what the clock on the wall shows.
LineChart dayAgainstDayChart(const EventReport &report, Measure measure);
BarChart shareByAgent(const EventReport &report, Measure measure, const AgentStyles &styles);
BarChart dwellHistogram(const EventReport &report);
/// How much of the opening hours is known, by day and agent.
BarChart coverageByDay(const EventReport &report, const AgentStyles &styles);
/// Of one agent, over a picture of its camera (null: none).
HeatChart heatMapChart(const EventReport &report, const std::string &agent, const AgentStyles &styles,
                       const QImage &picture = {});

} // namespace facetrack::console

#pragma once
#include "console/charts/event_charts.h"

namespace facetrack::console {

/// What a report on paper has beside the figures.
struct ReportLook
{
    QString venue; ///< empty: not named
    AgentStyles styles; ///< of agents; the id where there is none

    QString name(const std::string &agent) const;
};

/// Names and colours as the console's list has them.
ReportLook lookOf(const AgentListModel &agents, const EventReport &report, const QString &venue);

} // namespace facetrack::console

#include "console/report/report_look.h"

namespace facetrack::console {

QString ReportLook::name(const std::string &agent) const
{
    const auto found = styles.find(agent);
    return found == styles.end() || found->second.name.isEmpty() ? QString::fromStdString(agent) : found->second.name;
}

ReportLook lookOf(const AgentListModel &agents, const EventReport &report, const QString &venue)
{
    return {venue, agentStyles(agents, agentIds(report))};
}

} // namespace facetrack::console

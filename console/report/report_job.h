#pragma once
#include "console/charts/history_desk.h"
#include "console/core/agent_list_model.h"
#include "libfacetrack/analytics/agents_history.h"
#include "libfacetrack/analytics/event_report.h"
#include "libfacetrack/net/endpoint_settings.h"

#include <memory>
#include <optional>

namespace facetrack::console {

/// Who is asked for a report: a CrateDB, or agents.
struct ReportSources
{
    std::vector<AgentsHistory::Agent> agents;
    std::optional<net::EndpointSettings> database; ///< instead of the agents
    std::string schema = "facetrack";
};

/// All agents of the list, as they can be asked now; those that were never met too, so that the report
/// names them.
std::vector<AgentsHistory::Agent> agentsToAsk(const AgentListModel &agents);

/// Collects a report on the network's thread, so that a desktop goes on. Thread-bound (GUI).
class ReportJob : public QObject
{
    Q_OBJECT

public:
    explicit ReportJob(NetworkThread &network, QObject *parent = nullptr);

    /// One at a time: what was asked before is given up.
    void start(const EventPlan &plan, const ReportSources &sources);

Q_SIGNALS:
    void finished(const std::shared_ptr<const facetrack::EventReport> &report);
    void failed(const facetrack::Error &why);

private:
    HistoryDesk m_desk;
};

} // namespace facetrack::console

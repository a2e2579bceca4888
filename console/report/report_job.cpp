#include "console/report/report_job.h"

#include "libfacetrack/analytics/crate_history.h"

namespace facetrack::console {

namespace {

Result<std::unique_ptr<History>> historyOf(const ReportSources &sources)
{
    if (!sources.database) {
        AgentLimits limits;
        limits.answer = std::chrono::minutes(1); // minutes of many days
        return std::make_unique<AgentsHistory>(sources.agents, limits);
    }
    auto client = cratedb::Client::make(*sources.database);
    if (!client)
        return tl::unexpected(client.error());
    return std::make_unique<CrateHistory>(std::move(*client), sources.schema);
}

} // namespace

std::vector<AgentsHistory::Agent> agentsToAsk(const AgentListModel &agents)
{
    std::vector<AgentsHistory::Agent> asked;
    for (const AgentSession *session : agents.sessions())
        asked.push_back({(session->id().isEmpty() ? session->name() : session->id()).toStdString(), session->access()});
    return asked;
}

ReportJob::ReportJob(NetworkThread &network, QObject *parent) : QObject(parent), m_desk(network) {}

void ReportJob::start(const EventPlan &plan, const ReportSources &sources)
{
    m_desk.setSource([sources] { return historyOf(sources); });
    m_desk.ask<EventReport>(
        [plan](History &history, QObject *context, const History::Done<EventReport> &done) {
            collectReport(history, plan, SystemClock::instance().utc(), context, done);
        },
        [this](Result<EventReport> report) {
            if (report)
                Q_EMIT finished(std::make_shared<const EventReport>(std::move(*report)));
            else
                Q_EMIT failed(report.error());
        });
}

} // namespace facetrack::console

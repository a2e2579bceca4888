#include "console/report/report_job.h"

namespace facetrack::console {

HistoryDesk::Maker pastOfAll(const AgentListModel &agents)
{
    std::vector<AgentsHistory::Agent> asked;
    for (const AgentSession *session : agents.sessions())
        asked.push_back({(session->id().isEmpty() ? session->name() : session->id()).toStdString(), session->access()});
    AgentLimits limits;
    limits.answer = std::chrono::minutes(1); // minutes of many days
    return pastOf(asked, limits);
}

void findPast(const Workspace &workspace, bool database, QObject *context, std::function<void(HistoryDesk::Maker)> done)
{
    if (!database)
        return done(pastOfAll(workspace.agents));
    const VenueProfile venue = workspace.venues->active();
    workspace.venues->readPassword(venue.name, context, [venue, done = std::move(done)](const QString &password) {
        done(pastOf(venue.servers(password), venue.schema.toStdString()));
    });
}

ReportJob::ReportJob(NetworkThread &network, QObject *parent) : QObject(parent), m_desk(network) {}

void ReportJob::start(const EventPlan &plan, const HistoryDesk::Maker &past)
{
    m_desk.setSource(past);
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

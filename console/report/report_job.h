#pragma once
#include "console/charts/history_desk.h"
#include "console/shell/workspace.h"
#include "libfacetrack/analytics/event_report.h"

#include <memory>

namespace facetrack::console {

/// The past of all agents of the list, as they can be asked now; those that were never met too, so that
/// the report names them. Empty: none is known.
HistoryDesk::Maker pastOfAll(const AgentListModel &agents);
/// The past of the active venue's database, or else of all agents; `done` is called once, here.
void findPast(const Workspace &workspace, bool database, QObject *context, std::function<void(HistoryDesk::Maker)> done);

/// Collects a report on the network's thread, so that a desktop goes on. Thread-bound (GUI).
class ReportJob : public QObject
{
    Q_OBJECT

public:
    explicit ReportJob(NetworkThread &network, QObject *parent = nullptr);

    /// One at a time: what was asked before is given up.
    void start(const EventPlan &plan, const HistoryDesk::Maker &past);

Q_SIGNALS:
    void finished(const std::shared_ptr<const facetrack::EventReport> &report);
    void failed(const facetrack::Error &why);

private:
    HistoryDesk m_desk;
};

} // namespace facetrack::console

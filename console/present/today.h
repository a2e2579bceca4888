#pragma once
#include "console/report/report_job.h"
#include "console/report/report_look.h"
#include "console/shell/workspace.h"

#include <QTimer>

namespace facetrack::console {

/// What was counted today until now, asked again and again: of the active venue's database, else of the
/// agents. What came last stays when nobody answers any more. Thread-bound (GUI).
class Today : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds Every{20};
    static constexpr std::chrono::seconds AtFirst{3}; ///< until something was told
    static constexpr std::chrono::minutes Patience{10}; ///< with agents that stopped answering

    Today(Workspace &workspace, QObject *parent);

    const EventReport *report() const { return m_report.get(); } ///< null: nothing yet
    ReportLook look() const; ///< of the report
    QDateTime lastUpdate() const { return m_last; } ///< of the report
    QString trouble() const { return m_trouble; }   ///< why it is not newer, in words; empty: nothing is wrong
    void askNow();

Q_SIGNALS:
    void changed();

private:
    void ask(const HistoryDesk::Maker &past);
    void took(const std::shared_ptr<const EventReport> &report);
    void failed(const QString &why);

    Workspace &m_workspace;
    ReportJob m_job;
    QTimer m_again;
    std::shared_ptr<const EventReport> m_report;
    QDateTime m_last;
    QString m_trouble;
};

/// Mean faces by agent from the first data on: nothing was looked at before, and nobody has to
/// see that.
LineChart facesToday(const EventReport &report, const ReportLook &look);
BarChart hoursToday(const EventReport &report);

} // namespace facetrack::console

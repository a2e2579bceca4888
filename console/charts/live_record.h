#pragma once
#include "console/charts/event_charts.h"
#include "console/core/agent_list_model.h"
#include "libfacetrack/analytics/counts.h"

#include <QObject>
#include <deque>
#include <map>

namespace facetrack::console {

/// The last minutes of all agents: each second from what they say of themselves, before that from
/// what was asked of the past. Thread-bound (GUI).
class LiveRecord : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 span = 15 * 60'000; ///< ms

    explicit LiveRecord(AgentListModel &agents, QObject *parent = nullptr);

    /// Minutes from before the first report.
    void setPast(const Counts &counts);
    /// Up to `now`; visits and detections are those of the last minute at each moment.
    LineChart chart(Measure measure, qint64 now) const;
    /// When the first report came; 0: none yet.
    qint64 begin() const;

    /// For tests and benchmarks: as if it had been reported then.
    void add(AgentSession *session, qint64 time, std::int64_t facesNow, std::int64_t facesTotal, std::int64_t visits);

private:
    struct Moment
    {
        qint64 time;
        std::int64_t facesNow, facesTotal, visits;
    };
    using Moments = std::deque<Moment>;

    void follow(AgentSession *session);
    ChartLine line(const AgentSession *session, Measure measure, qint64 now) const;
    static void addNewest(ChartLine &line, const Moments &moments, Measure measure, qint64 from);
    void addPast(ChartLine &line, const std::string &agent, Measure measure, qint64 from, qint64 until) const;

    AgentListModel &m_agents;
    std::map<const AgentSession *, Moments> m_moments;
    Counts m_past;
};

} // namespace facetrack::console

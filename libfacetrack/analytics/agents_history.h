#pragma once
#include "libfacetrack/analytics/history.h"
#include "libfacetrack/client/agent_client.h"

#include <memory>
#include <string>
#include <vector>

namespace facetrack {

/// The questions asked of agents over their API; each answers from its Journal, and the answers are
/// put together. An agent that does not answer is left out and named by missing(): only when none
/// answers the question fails.
class FACETRACK_EXPORT AgentsHistory final : public History
{
public:
    struct Agent
    {
        std::string id;
        AgentAccess access;
    };
    explicit AgentsHistory(std::vector<Agent> agents, AgentLimits limits = {});
    ~AgentsHistory() override;

    void counts(const HistoryScope &scope, Minute step, QObject *context, Done<Counts> done) override;
    void heatMap(const HistoryScope &scope, QObject *context, Done<HeatMap> done) override;
    void dwell(const HistoryScope &scope, const std::string &zone, QObject *context,
               Done<DwellByAgent> done) override;
    void marks(const HistoryScope &scope, QObject *context,
               Done<std::vector<TuningMark>> done) override;
    /// Of the owners' agents only: others do not tell.
    void checkedCounts(const HistoryScope &scope, QObject *context,
                       Done<std::vector<CheckedCount>> done) override;

    std::vector<std::string> missing() const override;

private:
    class Asking;
    struct Peer;
    std::vector<std::unique_ptr<Peer>> m_peers;
    QObject m_later;
};

} // namespace facetrack

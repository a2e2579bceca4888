#pragma once
#include "console/core/finding.h"
#include "libfacetrack/client/agent_answers.h"

#include <deque>
#include <optional>

namespace facetrack::console {

class AgentSession;

/// What preflight has seen of one agent since the page was opened first, beside its newest report.
struct AgentMemory
{
    std::optional<double> focus; ///< GET /api/v1/focus, the whole picture; larger is sharper
    double sharpest = 0;         ///< the largest that was seen
    std::deque<double> faces;    ///< longer sides of the newest faces, px; at most 50

    void sawFocus(double value);
    void sawFaces(const AgentReport &report);
};

/// How an agent is, item by item, and what to do.
/// `databaseExpected`: the venue has one, so its counts should go there.
QList<Finding> findingsOf(const AgentSession &session, const AgentMemory &memory, bool databaseExpected);

} // namespace facetrack::console

#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/discovery/agent_browser.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace facetrack {

/// One address where an agent is, or was, said to be.
struct Candidate
{
    std::string url;
    std::string service; ///< of DNS-SD
    std::string id, name, role, version;
    FoundBy by;
    std::string fingerprint;
    std::optional<bool> answers;
    std::optional<UtcTime> lastSeen;
    std::string trouble;

    MonotonicTime askAt{0};
    std::chrono::milliseconds pause{0}; ///< grows while it does not answer
    int failures = 0;                   ///< one after the other
    bool asking = false;
};

using Candidates = std::map<std::string, Candidate>; ///< by URL

/// What came of asking one.
struct ProbeAnswer
{
    bool answered = false;
    bool surely = false; ///< not answered, and asking once more would say the same
    std::string id, name, role, version;
    std::string fingerprint;
    std::string trouble;
};

/// Takes over what came of asking, and says when to ask again.
void note(Candidate &candidate, const ProbeAnswer &answer, MonotonicTime now, UtcTime utc);

/// Candidates of one id as one agent, sorted.
std::vector<FoundAgent> merged(const Candidates &candidates);

} // namespace facetrack

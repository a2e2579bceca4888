#pragma once
#include "console/cli/conversation.h"
#include "console/cli/outcome.h"

#include <functional>
#include <vector>

namespace facetrack::cli {

/// What is done with one agent, on a thread of its own. Fills in what came of it.
using Work = std::function<AgentResult<void>(Conversation &, Outcome &)>;

/// All agents at once; the outcomes in the order of the targets.
std::vector<Outcome> askAll(const std::vector<Target> &targets, const CommonOptions &common,
                            const Work &work);

/// Finds the agents of --agents, asks them and prints: what most commands are.
int runFleet(const std::string &command, const CommonOptions &common, WithoutAgents otherwise,
             const Work &work, const std::vector<std::string> &header = {});

} // namespace facetrack::cli

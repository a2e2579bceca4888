#pragma once
#include "console/cli/targets.h"

namespace facetrack::cli {

/// The known agents and those that say on this network that they are there, a second and a half
/// after asking. A known agent that has another address now gets it.
std::vector<Target> lookAround(const KnownAgents &known);

} // namespace facetrack::cli

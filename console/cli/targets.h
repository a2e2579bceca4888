#pragma once
#include "console/cli/commands.h"
#include "libfacetrack/client/known_agents.h"

#include <string>
#include <vector>

namespace facetrack::cli {

/// An agent that a command is for.
struct Target
{
    std::string label;     ///< as people call it
    std::string id;        ///< empty: not met yet
    AgentAccess access;
    bool anyScheme = false; ///< the address was typed without http:// or https://
};

/// What a command does when nobody says which agents.
enum class WithoutAgents {
    All,     ///< looking harms nobody
    OnlyOne, ///< a change is for one, unless said otherwise
};

/// The agents that --agents names: known ones by name, id or address, others by address. Without
/// any known, the one on this machine. InvalidArgument or NotFound with words for the person.
Result<std::vector<Target>> targetsFor(const std::string &agents, const KnownAgents &known,
                                       WithoutAgents otherwise);

/// One agent of the name or address.
Result<Target> targetFor(const std::string &name, const KnownAgents &known);

} // namespace facetrack::cli

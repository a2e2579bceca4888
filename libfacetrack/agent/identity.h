#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/model/agent_info.h"

#include <filesystem>

namespace facetrack {

/// Who this agent is in this run: settings, host name where they are empty, a new random run.
AgentInfo makeAgentInfo(const AgentConfig::Identity &settings);

/// The folder for what the agent keeps, made where it is missing: `configured`, or systemd's
/// STATE_DIRECTORY, or the home of a service's user (/var/lib/…), or XDG_STATE_HOME/facetrack, or
/// ~/.local/state/facetrack.
Result<std::filesystem::path> stateDirectory(const std::string &configured);

} // namespace facetrack

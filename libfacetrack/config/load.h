#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/config/problem.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace facetrack {

/// The operator's file, read when no other is named and it exists.
inline constexpr const char *defaultConfigFile = "/etc/facetrack/agentd.toml";

/// A value given by a command-line flag of its own, such as --listen.
struct FlagValue
{
    std::string flag; ///< "--listen", for messages
    std::string key;  ///< "http.listen"
    std::string text;
};

/// Reads a TOML file over the defaults. All or nothing: on failure, everything that is wrong, each
/// with file:line:column.
FACETRACK_EXPORT Checked<AgentConfig> loadToml(const std::filesystem::path &path);

/// What an agent starts with. Later ones win: defaults, file, `sets` in their order ("key=value"
/// each, as after --set), flags.
/// `file`: empty takes defaultConfigFile if that exists; a named one must exist.
FACETRACK_EXPORT Checked<AgentConfig> loadConfig(
    const std::optional<std::filesystem::path> &file, const std::vector<std::string> &sets = {},
    const std::vector<FlagValue> &flags = {});

} // namespace facetrack

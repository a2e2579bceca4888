#pragma once
#include "console/cli/commands.h"
#include "libfacetrack/client/agent_failure.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace facetrack::cli {

using Json = nlohmann::ordered_json;

/// What came of a command for one agent.
struct Outcome
{
    std::string agent, id, address;
    std::optional<AgentFailure> failure; ///< none: it was done
    bool partly = false;                 ///< done, but a part was refused
    Json result = Json::object();        ///< for --json
    std::vector<std::string> lines;      ///< for people
    std::vector<std::string> row;        ///< for people, where the command has a table
};

/// Exit status of all of them.
int statusOf(const std::vector<Outcome> &outcomes);

/// Prints them in this order: as {"command": …, "agents": [{"agent", "id", "address", "ok", "result"
/// or "error"}]}, or for people, as a table where there is a header. Failures of people's output go
/// to standard error. Returns the exit status.
int print(const std::string &command, const CommonOptions &common,
          const std::vector<Outcome> &outcomes, const std::vector<std::string> &header = {});

Json errorJson(const AgentFailure &failure);
/// The same in words, a line for each problem.
std::vector<std::string> errorLines(const AgentFailure &failure);

} // namespace facetrack::cli

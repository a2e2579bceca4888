#pragma once
#include "console/cli/conversation.h"

#include <string>
#include <vector>

namespace facetrack::cli {

/// What an agent can be tuned by, and how it is now.
struct Tuned
{
    std::vector<Parameter> schema;
    AgentTuning tuning;
};
AgentResult<Tuned> askTuned(Conversation &conversation);

/// Null: there is none.
const Parameter *findIn(const std::vector<Parameter> &schema, const std::string &key);

/// Why an agent does not take this key: unknown (with the nearest that it knows), or not while it
/// runs.
Problem unknownKey(const std::vector<Parameter> &schema, const std::string &key);

/// As it is typed after KEY=.
std::string valueText(const Parameter &parameter, const nlohmann::json &value);
/// The value of `key` in `values` as text; "?" where it cannot be told.
std::string valueText(const Tuned &tuned, const nlohmann::json &values, const std::string &key);

/// A failure that lists problems, as the agent itself would have given it.
AgentFailure invalid(std::vector<Problem> problems);

/// "detect.min_neighbors: 3 → 5" for each key of the patch.
std::vector<std::string> changeLines(const Tuned &before, const AgentTuning &after,
                                     const nlohmann::json &patch);

} // namespace facetrack::cli

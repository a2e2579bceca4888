#pragma once
#include "libfacetrack/base/result.h"

#include <string>
#include <vector>

namespace facetrack::cli {

/// The agent's settings file with these values ("key=value" each) in it: `before` is what it has now,
/// empty for none. What an agent cannot do without and `before` does not say is added: a camera, and
/// listening where the console reaches it. Values are held against the schema. `before` comes back as it
/// is when it says all that already; otherwise its comments are lost.
Result<std::string> agentToml(const std::string &before, const std::vector<std::string> &sets);

/// The id that these settings give an agent; empty: its machine's name.
std::string idOf(const std::string &toml);

/// The port that an agent with these settings listens on for other machines; 0: for its own alone. Without
/// any it has those that its package brings.
int portOf(const std::string &toml);

} // namespace facetrack::cli

#pragma once
#include "libfacetrack/client/agent_answers.h"

// JSON of agents, where nothing is sure to be there or to be of its type. Internal to this room.
namespace facetrack {

/// A member; null JSON where there is none.
const nlohmann::json &part(const nlohmann::json &from, const char *key);
std::string textAt(const nlohmann::json &from, const char *key);       ///< or empty
double numberAt(const nlohmann::json &from, const char *key);          ///< or 0
std::int64_t countAt(const nlohmann::json &from, const char *key);     ///< or 0
bool flagAt(const nlohmann::json &from, const char *key);              ///< or false

AgentTuning tuningFrom(const nlohmann::json &from);
AgentPreset presetFrom(const nlohmann::json &from);
AgentTuningStep stepFrom(const nlohmann::json &from);
Identified identifiedFrom(const nlohmann::json &from);

} // namespace facetrack

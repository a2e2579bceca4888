#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/parameter.h"
#include "libfacetrack/config/problem.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack {

/// Every parameter there is, in the order in which people see them; one group stays together.
/// Thread-safe.
FACETRACK_EXPORT const std::vector<Parameter> &parameters();

/// The parameter with exactly this key; null when there is none.
FACETRACK_EXPORT const Parameter *find(std::string_view key);

/// Whether this is a section such as "detect", the first part of known keys.
FACETRACK_EXPORT bool isGroup(std::string_view key);

/// The known key that an unknown one was most likely meant to be; empty when nothing is near.
FACETRACK_EXPORT std::string nearestKey(std::string_view unknown);

/// Why there is no such parameter: a section, or unknown and then with the nearest known key.
FACETRACK_EXPORT Error unknownKey(std::string_view key);

/// The value of a key as text; NotFound for an unknown key.
FACETRACK_EXPORT Result<std::string> get(const AgentConfig &config, std::string_view key);

/// Sets one value from command-line text; on a refusal `config` is untouched. It does not run
/// check(): several values may only fit together once all are set.
FACETRACK_EXPORT Result<void> set(AgentConfig &config, std::string_view key,
                                  std::string_view text);

/// Holds the rules between parameters ("min_size is not above max_size") against a whole config.
FACETRACK_EXPORT std::vector<Problem> check(const AgentConfig &config);

/// Values as nested JSON, {"detect": {"min_neighbors": 3, …}, …}; all, or those that apply as
/// asked. Secrets that are set read "(secret)".
FACETRACK_EXPORT nlohmann::json valuesJson(const AgentConfig &config,
                                           std::optional<Applies> only = {});

} // namespace facetrack

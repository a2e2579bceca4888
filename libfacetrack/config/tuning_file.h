#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/config/problem.h"

#include <filesystem>
#include <vector>

namespace facetrack {

/// Tuning as kept in the state directory, and what of it could not be used.
struct KeptTuning
{
    Tuning tuning;
    std::vector<Problem> skipped;
};

/// Keeps the tuned values that differ from `base` (defaults, operator's file and command line), so
/// that a later change of the operator's file shows wherever nobody tuned. Atomic and durable: a
/// power cut leaves the old file or the new one.
FACETRACK_EXPORT Result<void> saveTuningToml(const std::filesystem::path &path,
                                             const Tuning &tuning, const AgentConfig &base);

/// The kept values over `base`; no file is no tuned value. It never fails: the agent wrote this
/// file itself, perhaps another version of it, and rather counts with some defaults than not at all.
FACETRACK_EXPORT KeptTuning loadTuningToml(const std::filesystem::path &path,
                                           const AgentConfig &base);

} // namespace facetrack

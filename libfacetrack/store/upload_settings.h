#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/store/uploader.h"

#include <memory>

namespace facetrack {

/// Whether records are to be uploaded at all.
FACETRACK_EXPORT bool uploads(const AgentConfig &config);

/// What the settings say about servers and tables.
FACETRACK_EXPORT SinkSettings sinkSettings(const AgentConfig &config);

/// The uploader that the settings ask for, not started yet; null when they ask for none.
/// InvalidArgument for addresses that cannot be. What may change later (a secret that is missing)
/// is told by its state instead.
FACETRACK_EXPORT Result<std::unique_ptr<Uploader>> makeUploader(const AgentConfig &config,
                                                                Journal &journal,
                                                                const Clock &clock);

} // namespace facetrack

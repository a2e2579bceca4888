#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/agent_info.h"
#include "libfacetrack/relay/intake.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/uploader.h"

#include <cstdint>
#include <optional>
#include <string>

namespace facetrack {

/// Everything a relay says about itself at one moment.
struct RelayStatus
{
    AgentInfo relay;
    UtcTime now{0};
    std::chrono::nanoseconds uptime{0};
    IntakeState intake;
    std::uint64_t badTokens = 0; ///< requests answered 401 or 403 for their token
    JournalState journal;
    std::optional<UploadState> upload; ///< none without upload.urls
    std::size_t connections = 0;
    std::uint64_t requests = 0;
};

/// The answer of GET /api/v1/status.
std::string statusJson(const RelayStatus &status);
/// The answer of GET /metrics.
std::string metricsText(const RelayStatus &status);
/// Why no records are taken; empty while they are.
std::string whatTurnsAway(const RelayStatus &status);
/// Empty when all is well. An upload that waits is well, that is what the Journal is for; one that
/// is refused for good is not: somebody has to do something before the Journal is full.
std::string whatIsWrong(const RelayStatus &status);

} // namespace facetrack

#pragma once
#include "libfacetrack/agent/timekeeper.h"
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/capture/camera_link.h"
#include "libfacetrack/discovery/advertiser.h"
#include "libfacetrack/health/health_watch.h"
#include "libfacetrack/model/agent_info.h"
#include "libfacetrack/pipeline/analysis_loop.h"
#include "libfacetrack/pipeline/capture_loop.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/uploader.h"
#include "libfacetrack/stream/stream_statistics.h"

#include <optional>
#include <string>

namespace facetrack {

/// Who looks after the program.
struct ServiceState
{
    bool managed = false; ///< systemd started it and starts it again
    std::optional<std::chrono::nanoseconds> watchdog; ///< within which it has to show that it is alive
};

/// Everything an agent says about itself at one moment; from it come /api/v1/status, /metrics and
/// /healthz.
struct AgentStatus
{
    AgentInfo agent;
    UtcTime now{0};
    std::chrono::nanoseconds uptime{0};
    std::string sourceUrl;
    SourceState source;
    std::optional<CameraReport> camera; ///< none where the source is no camera
    std::string detector;
    AnalysisState analysis;
    StreamStatistics stream;
    ClockState clock;
    HealthReport health;
    JournalState journal;
    std::vector<QuarantinedRecord> quarantine; ///< the newest few that were refused
    std::optional<UploadState> upload; ///< none where nothing is uploaded
    std::optional<AdvertisingState> discovery; ///< none where it does not advertise
    ServiceState service;
    std::size_t connections = 0;
    std::uint64_t requests = 0;
};

/// The answer of GET /api/v1/status.
FACETRACK_EXPORT std::string statusJson(const AgentStatus &status);

/// The answer of GET /api/v1/agent.
FACETRACK_EXPORT std::string agentJson(const AgentInfo &agent);
/// The same for strangers: what is needed to find an agent in a list.
std::string introductionJson(const AgentInfo &agent);

/// The answer of GET /metrics: Prometheus text exposition format 0.0.4.
FACETRACK_EXPORT std::string metricsText(const AgentStatus &status);

/// Empty when all is well; otherwise what is wrong, for GET /healthz.
FACETRACK_EXPORT std::string whatIsWrong(const AgentStatus &status);

/// The same and, where it counts all the same, what the machine warns of.
FACETRACK_EXPORT std::string whatToLookAfter(const AgentStatus &status);

} // namespace facetrack

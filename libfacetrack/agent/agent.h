#pragma once
#include "libfacetrack/agent/agent_status.h"
#include "libfacetrack/agent/camera_care.h"
#include "libfacetrack/agent/clips.h"
#include "libfacetrack/agent/focus_memory.h"
#include "libfacetrack/agent/live_events.h"
#include "libfacetrack/agent/name_plate.h"
#include "libfacetrack/agent/presets.h"
#include "libfacetrack/agent/validations.h"
#include "libfacetrack/agent/signal_light.h"
#include "libfacetrack/agent/timekeeper.h"
#include "libfacetrack/agent/tuning_control.h"
#include "libfacetrack/agent/watchdog.h"
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/health/health_watch.h"
#include "libfacetrack/http/server.h"
#include "libfacetrack/http/tls_context.h"
#include "libfacetrack/http/worker.h"
#include "libfacetrack/pipeline/analysis_loop.h"
#include "libfacetrack/pipeline/capture_loop.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/uploader.h"
#include "libfacetrack/stream/broadcaster.h"

#include <memory>
#include <string>

namespace facetrack {

class AccessControl;
class Heartbeats;

/// A whole agent: source → analysis → Journal, and source → stream → viewers, served over HTTP.
/// Made on one thread; status() is thread-safe.
class FACETRACK_EXPORT Agent
{
public:
    /// Opens the Journal, the source and the port, then runs. A camera that is not there now is
    /// waited for; anything that a restart alone cannot mend is an Error.
    /// `gaveUp` is called, from the capture thread, when the camera has failed too often in a row
    /// (source.exit_after_failures): the program should end, to be started again. `service` is only told.
    static Result<std::unique_ptr<Agent>> start(AgentConfig config, const Clock &clock,
                                                std::function<void()> gaveUp = {},
                                                ServiceState service = {});
    /// Stops upstream first and commits what the Journal has.
    ~Agent();

    std::string url() const; ///< "https://127.0.0.1:7420/"
    /// SHA-256 of the certificate, "AB:CD:…"; empty in plain HTTP.
    std::string fingerprint() const { return m_tls ? m_tls->fingerprint() : std::string(); }
    AgentStatus status() const;
    /// What has to get on for it to count, for a Watchdog. Thread-safe.
    std::vector<WorkPart> progress();
    /// How it is, on one line without addresses. Thread-safe; waits for no disk.
    std::string summary() const;
    /// Every route it serves, as Server::routes().
    std::vector<std::string> routes() const { return m_server.routes(); }

private:
    Agent(AgentConfig config, AgentInfo info, const std::filesystem::path &folder,
          std::unique_ptr<Journal> journal, const Clock &clock);
    Result<void> openCapture(std::function<void()> gaveUp);
    void startCare();
    Result<void> guardDoors();
    Result<void> serve();
    void addControlRoutes();
    void startControl();
    Result<void> beginUpload();
    void startHeartbeats();
    void startAdvertising();
    Advertisement advertisement(const AgentInfo &info) const;
    void keep(const AnalysedFramePtr &result);
    void keep(const Visit &visit);
    void tuneCamera(const Tuning &tuning);
    void tuned(const Tuning &tuning, const TuningRevision &next, MonotonicTime when);

    const AgentConfig m_config;
    const AgentInfo m_info; ///< as it was at the start; m_plate has the present name
    const Clock &m_clock;
    const MonotonicTime m_started;
    ServiceState m_service; ///< never changes once it serves

    // In the order of the flow: what is declared later feeds what is declared earlier.
    std::unique_ptr<Journal> m_journal;
    Timekeeper m_time;
    HealthWatch m_health;
    std::unique_ptr<Uploader> m_uploader; ///< null where nothing is uploaded
    NamePlate m_plate;
    SignalLight m_light;
    LiveEvents m_events;
    TuningControl m_tuning;
    std::uint64_t m_changes = 0; ///< records of tuning changes so far; only in tuned()
    Presets m_presets;
    Validations m_validations;
    Clips m_clips;
    Broadcaster m_broadcaster;
    AnalysisLoop m_analysis;
    std::shared_ptr<CameraLink> m_camera;
    FocusMemory m_focus;
    std::unique_ptr<CaptureLoop> m_capture;
    std::unique_ptr<CameraCare> m_care;
    http::Worker m_worker;
    std::shared_ptr<const http::TlsContext> m_tls; ///< null in plain HTTP
    std::unique_ptr<AccessControl> m_access;
    http::Server m_server;
    Advertiser m_advertiser; ///< started where others reach the server
    std::unique_ptr<Heartbeats> m_heartbeats;
};

} // namespace facetrack

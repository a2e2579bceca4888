#include "libfacetrack/agent/agent.h"

#include "libfacetrack/agent/access_control.h"
#include "libfacetrack/agent/clip_routes.h"
#include "libfacetrack/agent/control_routes.h"
#include "libfacetrack/agent/device_routes.h"
#include "libfacetrack/agent/heartbeats.h"
#include "libfacetrack/agent/history_routes.h"
#include "libfacetrack/agent/identity.h"
#include "libfacetrack/agent/login_routes.h"
#include "libfacetrack/agent/own_certificate.h"
#include "libfacetrack/agent/own_page.h"
#include "libfacetrack/agent/page.h"
#include "libfacetrack/agent/rest.h"
#include "libfacetrack/base/log.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/capture/sensor_tuning.h"
#include "libfacetrack/capture/video_devices.h"
#include "libfacetrack/http/listen_address.h"
#include "libfacetrack/store/agent_records.h"
#include "libfacetrack/store/upload_settings.h"

#include <cstdio>
#include <utility>

namespace facetrack {

namespace {

JournalOptions journalOptions(const AgentConfig &config, const std::filesystem::path &folder)
{
    JournalOptions options;
    options.file = folder / "journal.sqlite";
    options.maxBytes = config.journal.maxMegabytes * 1024 * 1024;
    options.maxAge = std::chrono::hours(24) * config.journal.maxDays;
    options.commitInterval = std::chrono::milliseconds(config.journal.commitMilliseconds);
    options.uploads = uploads(config);
    return options;
}

http::ServerLimits serverLimits(const AgentConfig::Http &config)
{
    http::ServerLimits limits;
    limits.connections = static_cast<std::size_t>(config.maxConnections);
    limits.writeTimeout = std::chrono::milliseconds(
        static_cast<std::int64_t>(config.viewerTimeoutSeconds * 1000));
    return limits;
}

TimeSettings timeSettings(const AgentConfig::Time &config)
{
    TimeSettings settings;
    settings.rule = config.trust == "always"  ? TrustRule::Always
                    : config.trust == "never" ? TrustRule::Never
                                              : TrustRule::Auto;
    settings.wait = std::chrono::milliseconds(static_cast<std::int64_t>(config.waitSeconds * 1000));
    return settings;
}

HealthWarnings healthWarnings(const AgentConfig::Health &config,
                              const std::filesystem::path &folder)
{
    HealthLimits limits;
    limits.temperature = config.maxTemperature;
    limits.diskFree = static_cast<std::uint64_t>(config.minDiskMegabytes * (1 << 20));
    limits.wifi = config.minWifiDbm;
    return HealthWarnings(limits, folder);
}

/// Nothing while the clock is trusted.
std::optional<std::chrono::nanoseconds> doubt(const ClockState &clock)
{
    return clock.trusted ? std::nullopt : std::optional(clock.untrusted);
}

BroadcasterSettings broadcasterSettings(const AgentConfig &config, const AgentInfo &info)
{
    BroadcasterSettings settings;
    settings.name = info.name;
    settings.maxViewers = static_cast<std::size_t>(config.http.maxViewers);
    return settings;
}

} // namespace

Agent::Agent(AgentConfig config, AgentInfo info, const std::filesystem::path &folder,
             std::unique_ptr<Journal> journal, const Clock &clock)
    : m_config(std::move(config)), m_info(std::move(info)), m_clock(clock),
      m_started(clock.monotonic()), m_journal(std::move(journal)),
      m_time(*m_journal, clock, std::make_unique<SystemClockProbe>(), timeSettings(m_config.time)),
      m_health(std::make_unique<SystemHealthProbe>(folder), healthWarnings(m_config.health, folder),
               [this] { return doubt(m_time.state()); }, clock),
      m_plate(m_info, folder / "agent.json"), m_events(m_info.run),
      m_tuning(m_config, folder, m_info.run, clock), m_presets(folder / "presets.json"),
      m_validations(folder / "validations.json"),
      m_clips(static_cast<std::size_t>(m_config.clip.maxMegabytes) << 20),
      m_broadcaster(broadcasterSettings(m_config, m_plate.info()), clock),
      m_analysis(
          m_tuning.live(), [this](const AnalysedFramePtr &result) { keep(result); }, clock,
          [this](const Visit &visit) { keep(visit); }),
      m_camera(std::make_shared<CameraLink>(std::chrono::duration_cast<std::chrono::nanoseconds>(
          std::chrono::duration<double>(m_config.source.reopenSeconds)))),
      m_focus(m_tuning, [this] { return m_camera->report(); }),
      m_server(serverLimits(m_config.http))
{
}

Agent::~Agent()
{
    m_advertiser.stop(); // first of all: nobody is to come any more
    // Upstream first, so that everything captured is analysed and kept before the Journal closes.
    m_care.reset();
    if (m_capture)
        m_capture->stop();
    m_analysis.stop();
    m_broadcaster.stop();
    m_server.stop();
    m_worker.stop();
    m_clips.stop();
    m_tuning.stop();
    m_events.stop();
    m_heartbeats.reset();
    m_uploader.reset(); // what is under way is sent again at the next start
}

Result<std::unique_ptr<Agent>> Agent::start(AgentConfig config, const Clock &clock,
                                            std::function<void()> gaveUp, ServiceState service)
{
    if (config.source.url.empty())
        return fail(ErrorCode::InvalidArgument, "source.url", "no source is set",
                    "give one with --source, e.g. --source synthetic:booth");
    const auto folder = stateDirectory(config.state.directory);
    if (!folder)
        return tl::unexpected(folder.error());
    auto journal = Journal::open(journalOptions(config, *folder), clock);
    if (!journal)
        return tl::unexpected(journal.error());
    AgentInfo info = makeAgentInfo(config.agent);
    std::unique_ptr<Agent> agent(
        new Agent(std::move(config), std::move(info), *folder, std::move(*journal), clock));
    agent->m_service = service;
    if (const auto opened = agent->openCapture(std::move(gaveUp)); !opened)
        return tl::unexpected(opened.error());
    if (const auto begun = agent->beginUpload(); !begun)
        return tl::unexpected(begun.error());
    agent->m_health.start(std::chrono::milliseconds(
        static_cast<std::int64_t>(agent->m_config.health.intervalSeconds * 1000)));
    agent->startControl();
    if (const auto guarded = agent->guardDoors(); !guarded)
        return tl::unexpected(guarded.error());
    if (const auto served = agent->serve(); !served)
        return tl::unexpected(served.error());
    agent->m_time.start();
    agent->startHeartbeats();
    agent->startAdvertising();
    agent->m_broadcaster.start();
    agent->m_clips.start();
    agent->m_analysis.start();
    agent->startCare();
    agent->m_capture->start();
    qCInfo(lcAgent, "%s counts faces in %s, serves %s, keeps rows in %s",
           agent->m_plate.info().name.c_str(), agent->m_config.source.url.c_str(), agent->url().c_str(),
           folder->c_str());
    return agent;
}

Result<void> Agent::openCapture(std::function<void()> gaveUp)
{
    const std::string url = m_config.source.url;
    if (const auto chosen = chooseSensorTuning(m_config.source.tuningFile); !chosen)
        return tl::unexpected(chosen.error());
    auto first = openSource(url, Pacing::RealTime, m_clock);
    // What may pass by itself (a camera not plugged in yet) is waited for; the rest is a mistake
    // that the person who started the agent should see at once.
    if (!first && first.error().code != ErrorCode::Unavailable)
        return tl::unexpected(first.error());

    using Opened = std::unique_ptr<CaptureSource>;
    auto waiting = std::make_shared<Opened>(first ? std::move(*first) : nullptr);
    const auto open = [waiting, url, this]() -> Result<Opened> {
        if (*waiting)
            return std::exchange(*waiting, nullptr);
        return openSource(url, Pacing::RealTime, m_clock);
    };
    CaptureLoopOptions options;
    options.url = url;
    options.stallAfter = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>(m_config.source.stallSeconds));
    tuneCamera(m_tuning.live().current()->tuning);
    options.link = m_camera;
    options.plugged = [] { return videoDevicesStamp(); };
    options.mostFailures = static_cast<std::uint64_t>(m_config.source.exitAfterFailures);
    options.gaveUp = [told = std::move(gaveUp)](const std::string &) {
        if (told)
            told();
    };
    const auto handOn = [this](const FramePtr &frame) {
        m_broadcaster.frame(frame); // first, so that what changed is known before it is looked at
        m_analysis.offer(frame);
        m_clips.offer(frame);
    };
    m_capture = std::make_unique<CaptureLoop>(std::move(options), open, handOn, m_clock);
    return {};
}

void Agent::tuneCamera(const Tuning &tuning)
{
    m_camera->tune(tuning.camera);
    // The other detector searches all sizes, in OpenCV's own pyramid of the whole picture.
    m_camera->wantReduced(tuning.detect.detector == "yunet");
}

void Agent::startCare()
{
    CameraCare::Sources sources;
    sources.health = [this] { return m_health.report().machine; };
    sources.clockTrusted = [this] { return m_time.state().trusted; };
    m_care = std::make_unique<CameraCare>(m_config.source, std::move(sources), *m_capture, m_clock,
                                          [this] { m_focus.look(); });
    m_care->start();
}

/// Token and certificate, both made at the first start.
Result<void> Agent::guardDoors()
{
    const AgentConfig::Http &http = m_config.http;
    if (http.insecureLoopback) {
        const auto address = http::parseListenAddress(http.listen);
        if (address && !isLoopback(address->host))
            return fail(ErrorCode::InvalidArgument, "--insecure-loopback",
                        "without token and encryption only this machine is served, not "
                            + http.listen,
                        "listen on 127.0.0.1, or leave out --insecure-loopback");
        qCWarning(lcAgent, "--insecure-loopback: every program of this machine may do everything");
    } else if (http.tls) {
        auto tls = ownCertificate(m_config, m_info.id);
        if (!tls)
            return tl::unexpected(tls.error());
        m_tls = std::move(*tls);
    } else {
        qCWarning(lcAgent, "http.tls is off: token and pictures can be read on the way");
    }
    auto access = AccessControl::make(m_config, m_info.id, m_clock);
    if (!access)
        return tl::unexpected(access.error());
    m_access = std::move(*access);
    return {};
}

Result<void> Agent::serve()
{
    const RestSources sources{[this] { return status(); }, &m_broadcaster};
    addPageRoutes(m_server);
    addStatusRoutes(m_server, sources);
    addPictureRoutes(m_server, sources);
    addControlRoutes();
    addLoginRoutes(m_server, *m_access, [this] { return m_plate.info().name; });
    m_server.guard(m_access->guard());
    m_server.secure(m_tls);
    return m_server.start(m_config.http.listen);
}

void Agent::addControlRoutes()
{
    const ControlSources control{m_tuning, m_presets, m_worker, m_info.run,
                                 [this] { return m_analysis.state(); },
                                 [this] { return m_camera->report(); }};
    addTuningRoutes(m_server, control);
    addPresetRoutes(m_server, control);
    addValidationRoutes(m_server, {m_validations, *m_journal, m_worker, m_clock, m_info.run,
                                   [this] { return m_analysis.state().revision; }});
    m_server.route("GET", "/api/v1/events",
                   m_events.handler([this] { return status(); },
                                    [this] { return m_tuning.state(); }));
    const auto renamed = [this](const AgentInfo &info) {
        m_broadcaster.rename(info.name);
        m_events.agentChanged(info);
        m_advertiser.change(advertisement(info));
    };
    const auto identify = [this](std::chrono::milliseconds time) {
        m_broadcaster.identify(time);
        return m_light.blink(time);
    };
    addClipRoutes(m_server, {m_clips, m_tuning, m_worker});
    addHistoryRoutes(m_server, *m_journal, m_worker, m_clock);
    addDeviceRoutes(m_server,
                    {m_plate, m_worker, renamed, identify, [this] { m_capture->restart(); },
                     [this](std::chrono::seconds time) { m_broadcaster.calibrate(time); }});
}

void Agent::startControl()
{
    m_tuning.start(
        [this](const Tuning &tuning, const TuningRevision &next, MonotonicTime when) {
            tuned(tuning, next, when);
        },
        [this](std::uint32_t revision, const std::string &error) {
            m_events.persisted(revision, error);
        });
    m_events.start([this] { return status(); });
}

void Agent::tuned(const Tuning &tuning, const TuningRevision &next, MonotonicTime when)
{
    tuneCamera(tuning);
    m_broadcaster.tune(tuning.stream);
    m_broadcaster.draw({tuning.track.zones, tuning.track.lines, tuning.detect.masks});
    for (const ValueChange &value : next.values) {
        TuningChange change;
        change.sequence = m_changes++;
        change.revision = next.revision;
        change.who = next.cause == "patch"   ? next.who
                     : next.cause == "start" ? next.cause
                                             : next.who + ": " + next.cause;
        change.parameter = value.key;
        change.oldValue = value.before;
        change.newValue = value.after;
        Record record = encodeTuningChange(change, m_info.id, m_info.run);
        m_time.stamp(record, when);
        m_journal->append(std::move(record));
    }
    m_events.tuned(next);
}

Result<void> Agent::beginUpload()
{
    auto uploader = makeUploader(m_config, *m_journal, m_clock);
    if (!uploader)
        return tl::unexpected(uploader.error());
    if (!*uploader)
        return {};
    m_uploader = std::move(*uploader);
    m_uploader->start();
    return {};
}

void Agent::startHeartbeats()
{
    if (const double seconds = m_config.upload.heartbeatSeconds; m_uploader && seconds > 0)
        m_heartbeats = std::make_unique<Heartbeats>(
            [this] { return status(); },
            [this](Heartbeat heartbeat) {
                // Goes at once, whatever the clock: it says where the agent is now.
                heartbeat.clockTrusted = m_time.state().trusted;
                m_journal->append(encodeHeartbeat(heartbeat));
            },
            m_server.boundUrl(),
            std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)));
}

Advertisement Agent::advertisement(const AgentInfo &info) const
{
    const bool tls = m_config.http.tls && !m_config.http.insecureLoopback;
    return {info.id, info.name, info.role, info.version, m_server.port(), tls};
}

void Agent::startAdvertising()
{
    if (m_config.discovery.advertise && !m_server.isOnLoopback())
        m_advertiser.start(advertisement(m_plate.info()));
}

void Agent::keep(const AnalysedFramePtr &result)
{
    Observation observation;
    observation.sequence = result->sequence;
    observation.frame = result->frame->size();
    observation.revision = result->revision;
    observation.faces = result->faces;
    Record record = encodeObservation(observation, m_info.id, m_info.run);
    m_time.stamp(record, result->frame->captured());
    m_journal->append(std::move(record));
    m_broadcaster.analysis(result);
    m_events.inEffect(result->revision);
}

void Agent::keep(const Visit &visit)
{
    Record record = encodeVisit(visit, m_info.id, m_info.run);
    m_time.stamp(record, visit.begun);
    m_journal->append(std::move(record));
    for (const Crossing &crossing : visit.crossings)
        m_broadcaster.crossed(crossing.line, crossing.way);
}

std::string Agent::url() const
{
    return m_server.url();
}

std::vector<WorkPart> Agent::progress()
{
    const SourceState source = m_capture->state();
    const AnalysisState analysis = m_analysis.state();
    const bool opensAgain = source.phase == SourcePhase::Failed && source.retryIn.count() > 0;
    const bool ended = source.phase == SourcePhase::Ended || source.phase == SourcePhase::Resting;
    return {{"no frame from the source", source.frames, opensAgain || ended, {}},
            {"no frame looked at", analysis.analysed + analysis.failed, analysis.resting,
             source.frames},
            {"no answer from the server's thread", m_server.pulse(), false, {}}};
}

std::string Agent::summary() const
{
    const SourceState source = m_capture->state();
    const AnalysisState analysis = m_analysis.state();
    char figures[80];
    std::snprintf(figures, sizeof figures, ", %.0f fps, %.0f looks/s, %zu faces now", source.fps,
                  analysis.fps, analysis.facesNow);
    return std::string("source ") + sourcePhaseName(source.phase) + figures;
}

AgentStatus Agent::status() const
{
    AgentStatus status;
    status.agent = m_plate.info();
    status.now = m_clock.utc();
    status.uptime = m_clock.monotonic() - m_started;
    status.sourceUrl = m_config.source.url;
    status.source = m_capture->state();
    status.camera = m_camera->report();
    status.detector = m_tuning.live().current()->tuning.detect.detector;
    status.analysis = m_analysis.state();
    status.stream = m_broadcaster.statistics();
    status.clock = m_time.state();
    status.health = m_health.report();
    status.journal = m_journal->state();
    constexpr std::size_t shown = 5;
    if (status.journal.quarantined > 0)
        status.quarantine = m_journal->quarantined(shown).value_or(std::vector<QuarantinedRecord>());
    if (m_uploader)
        status.upload = m_uploader->state();
    status.discovery = m_advertiser.state();
    status.service = m_service;
    status.connections = m_server.connections();
    status.requests = m_server.requests();
    return status;
}

} // namespace facetrack

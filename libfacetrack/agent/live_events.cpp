#include "libfacetrack/agent/live_events.h"

#include "libfacetrack/agent/health_figures.h"
#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/config/schema.h"

#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::ordered_json;
using Event = http::EventHub::Event;

constexpr std::chrono::milliseconds tick{250};
constexpr unsigned ticksPerStatus = 4;
constexpr unsigned ticksPerHeartbeat = 60;

Event sourceEvent(const AgentStatus &status)
{
    return {"source", jsonText(Json{{"state", sourcePhaseName(status.source.phase)},
                            {"reason", status.source.reason}})};
}

Event calibrationEvent(const AgentStatus &status)
{
    return {"calibration", jsonText(Json{{"open", status.stream.calibrationLeft.count() > 0}})};
}

Event uploadEvent(const AgentStatus &status)
{
    if (!status.upload)
        return {"upload", jsonText(Json{{"state", "none"}, {"error", ""}})};
    return {"upload", jsonText(Json{{"state", uploadPhaseName(status.upload->phase)},
                            {"error", status.upload->error}})};
}

Event warningEvent(const AgentStatus &status)
{
    return {"warning", jsonText(Json{{"warning", whatIsWrong(status)},
                            {"machine", warningsJson(status.health)}})};
}

/// What makes a warning another one; the figures in it come with every status.
std::string warningKey(const AgentStatus &status)
{
    std::string key = whatIsWrong(status);
    for (const HealthWarning &warning : status.health.warnings)
        key += '\n' + warning.code;
    return key;
}

Event persistedEvent(std::uint32_t revision, const std::string &error)
{
    return {"persisted", jsonText(Json{{"revision", revision}, {"error", error}})};
}

/// As a merge patch: who applies each in turn has the agent's values.
Event tuningEvent(const TuningRevision &change)
{
    Json values = Json::object();
    for (const ValueChange &value : change.values) {
        const auto dot = value.key.find('.');
        values[value.key.substr(0, dot)][value.key.substr(dot + 1)]
            = Json::parse(value.after, nullptr, false);
    }
    return {"tuning", jsonText(Json{{"revision", change.revision},
                            {"who", change.who},
                            {"cause", change.cause},
                            {"time", isoTime(change.time)},
                            {"values", std::move(values)}})};
}

Event stateEvent(const TuningState &state)
{
    return {"tuning", jsonText(Json{{"revision", state.revision},
                            {"who", ""},
                            {"cause", "now"},
                            {"time", ""},
                            {"values", valuesJson(state.config, Applies::NextFrame)}})};
}

} // namespace

LiveEvents::~LiveEvents()
{
    stop();
}

void LiveEvents::start(std::function<AgentStatus()> status)
{
    m_thread = std::jthread([this, status = std::move(status)](std::stop_token stop) {
        run(stop, status);
    });
}

void LiveEvents::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

http::Handler LiveEvents::handler(std::function<AgentStatus()> status,
                                  std::function<TuningState()> tuning)
{
    return m_hub.handler([this, status = std::move(status), tuning = std::move(tuning)] {
        const AgentStatus now = status();
        const TuningState tuned = tuning();
        return std::vector<Event>{
            {"status", statusJson(now)},
            stateEvent(tuned),
            {"in_effect", jsonText(Json{{"revision", m_effect.load()}})},
            persistedEvent(tuned.persisted, tuned.keepError),
            sourceEvent(now),
            uploadEvent(now),
            calibrationEvent(now),
            warningEvent(now),
        };
    });
}

void LiveEvents::tuned(const TuningRevision &change)
{
    m_hub.publish(tuningEvent(change));
}

void LiveEvents::persisted(std::uint32_t revision, const std::string &error)
{
    m_hub.publish(persistedEvent(revision, error));
}

void LiveEvents::inEffect(std::uint32_t revision)
{
    if (m_effect.exchange(revision) != revision)
        m_hub.publish({"in_effect", jsonText(Json{{"revision", revision}})});
}

void LiveEvents::agentChanged(const AgentInfo &agent)
{
    m_hub.publish({"agent", agentJson(agent)});
}

void LiveEvents::tellChanges(const AgentStatus &status)
{
    if (const Event source = sourceEvent(status); source.data != m_source) {
        m_source = source.data;
        m_hub.publish(source);
    }
    if (const Event upload = uploadEvent(status); upload.data != m_upload) {
        m_upload = upload.data;
        m_hub.publish(upload);
    }
    if (const Event calibration = calibrationEvent(status); calibration.data != m_calibration) {
        m_calibration = calibration.data;
        m_hub.publish(calibration);
    }
    if (const std::string warning = warningKey(status); warning != m_warning) {
        m_warning = warning;
        m_hub.publish(warningEvent(status));
    }
}

void LiveEvents::run(std::stop_token stop, const std::function<AgentStatus()> &status)
{
    for (unsigned ticks = 1;; ++ticks) {
        {
            std::unique_lock lock(m_mutex);
            m_never.wait_for(lock, stop, tick, [] { return false; });
        }
        if (stop.stop_requested())
            return;
        const AgentStatus now = status();
        tellChanges(now);
        if (ticks % ticksPerStatus == 0 && m_hub.listeners() > 0)
            m_hub.tell({"status", statusJson(now)});
        if (ticks % ticksPerHeartbeat == 0)
            m_hub.heartbeat();
    }
}

} // namespace facetrack

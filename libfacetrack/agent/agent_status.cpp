#include "libfacetrack/agent/agent_status.h"
#include "libfacetrack/agent/camera_figures.h"
#include "libfacetrack/agent/health_figures.h"
#include "libfacetrack/agent/journal_figures.h"
#include "libfacetrack/agent/upload_figures.h"

#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/base/json_text.h"

#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::ordered_json;

double seconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

Json toJson(const AgentInfo &agent)
{
    return {{"id", agent.id},
            {"name", agent.name},
            {"role", agent.role},
            {"sensor", agent.sensor},
            {"location", agent.location},
            {"run", agent.run},
            {"version", agent.version}};
}

Json toJson(const std::optional<AdvertisingState> &state)
{
    if (!state)
        return {};
    return {{"advertised", state->advertised}, {"name", state->name}, {"trouble", state->trouble}};
}

Json toJson(const SourceState &source, const std::string &url)
{
    return {{"url", url},
            {"state", sourcePhaseName(source.phase)},
            {"reason", source.reason},
            {"since_s", seconds(source.since)},
            {"retry_in_s", seconds(source.retryIn)},
            {"width", source.size.width},
            {"height", source.size.height},
            {"fps", source.fps},
            {"nominal_fps", source.nominalFps},
            {"frames", source.frames},
            {"reopened", source.reopened},
            {"failures", source.failures},
            {"limit_fps", source.rateLimit},
            {"limit_reason", source.limitReason}};
}

Json boxes(const std::vector<Track> &faces)
{
    Json list = Json::array();
    for (const Track &face : faces)
        list.push_back({{"track", face.id}, {"x", face.box.x}, {"y", face.box.y},
                        {"w", face.box.w}, {"h", face.box.h}});
    return list;
}

Json toJson(const AnalysisState &analysis, const std::string &detector)
{
    return {{"detector", analysis.detector.empty() ? detector : analysis.detector},
            {"warning", analysis.warning},
            {"fps", analysis.fps},
            {"ms", analysis.milliseconds},
            {"frames", analysis.analysed},
            {"failed", analysis.failed},
            {"skipped", analysis.skipped},
            {"held_back", analysis.heldBack},
            {"resting", analysis.resting},
            {"cpu_percent", analysis.cpuPercent},
            {"cpu_s", analysis.cpuSeconds},
            {"whole_looks", analysis.wholeLooks},
            {"regions", analysis.regions},
            {"pixels", analysis.pixels},
            {"revision", analysis.revision},
            {"error", analysis.error}};
}

Json toJson(const StreamStatistics &stream)
{
    return {{"viewers", stream.viewers},
            {"fps", stream.fps},
            {"encodes", stream.encodes},
            {"encode_ms", stream.encodeMs},
            {"latency_ms", stream.latencyMs},
            {"pictures", stream.pictures},
            {"skipped", stream.skipped},
            {"missed", stream.missed},
            {"bytes", stream.bytes}};
}

Json toJson(const ServiceState &service)
{
    Json json{{"managed", service.managed}, {"watchdog_s", Json()}};
    if (service.watchdog)
        json["watchdog_s"] = seconds(*service.watchdog);
    return json;
}

Json toJson(const ClockState &clock)
{
    return {{"trusted", clock.trusted},
            {"reason", clock.reason},
            {"untrusted_s", seconds(clock.untrusted)},
            {"given_up", clock.givenUp},
            {"gives_up_in_s", seconds(clock.givesUpIn)}};
}

} // namespace

std::string agentJson(const AgentInfo &agent)
{
    return jsonText(toJson(agent));
}

std::string introductionJson(const AgentInfo &agent)
{
    Json json = toJson(agent);
    for (const char *own : {"sensor", "location", "run"})
        json.erase(own);
    return jsonText(json);
}

std::string statusJson(const AgentStatus &status)
{
    const std::string wrong = whatIsWrong(status);
    Json json;
    json["agent"] = toJson(status.agent);
    json["time"] = isoTime(status.now);
    json["uptime_s"] = seconds(status.uptime);
    json["healthy"] = wrong.empty();
    json["warning"] = wrong;
    json["source"] = toJson(status.source, status.sourceUrl);
    if (status.camera)
        json["camera"] = cameraJson(*status.camera);
    json["detection"] = toJson(status.analysis, status.detector);
    json["faces"] = {{"now", status.analysis.facesNow},
                     {"total", status.analysis.faces},
                     {"boxes", boxes(status.analysis.seen)}};
    json["visits"] = {{"now", status.analysis.present.visitors},
                      {"total", status.analysis.visits},
                      {"zones", Json(status.analysis.present.zones)}};
    json["stream"] = toJson(status.stream);
    const double left = seconds(status.stream.calibrationLeft);
    json["calibration"] = {{"open", left > 0}, {"left_s", left}};
    json["clock"] = toJson(status.clock);
    json["discovery"] = toJson(status.discovery);
    json["service"] = toJson(status.service);
    json["health"] = healthJson(status.health, status.clock.trusted);
    json["journal"] = journalJson(status.journal, status.now);
    if (!status.quarantine.empty())
        json["quarantine"] = quarantineJson(status.quarantine);
    if (status.upload)
        json["upload"] = uploadJson(*status.upload);
    json["http"] = {{"connections", status.connections}, {"requests", status.requests}};
    return jsonText(json);
}

std::string whatIsWrong(const AgentStatus &status)
{
    const SourcePhase phase = status.source.phase;
    if (phase == SourcePhase::Stalled || phase == SourcePhase::Failed)
        return std::string("source ") + sourcePhaseName(phase) + ": " + status.source.reason;
    if (!status.analysis.error.empty())
        return "detection: " + status.analysis.error;
    if (!status.analysis.warning.empty())
        return "detection: " + status.analysis.warning;
    if (!status.journal.writable)
        return "journal: " + status.journal.lastError;
    if (status.upload && status.upload->phase == UploadPhase::Refused)
        return "upload refused: " + status.upload->error;
    return {};
}

std::string whatToLookAfter(const AgentStatus &status)
{
    std::string words = whatIsWrong(status);
    for (const HealthWarning &warning : status.health.warnings)
        words += (words.empty() ? "" : "; ") + warning.message;
    return words;
}

} // namespace facetrack

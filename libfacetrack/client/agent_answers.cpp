#include "libfacetrack/client/agent_answers.h"

#include "libfacetrack/client/answer_reading.h"

namespace facetrack {

using nlohmann::json;

const json &part(const json &from, const char *key)
{
    static const json nothing;
    if (!from.is_object())
        return nothing;
    const auto found = from.find(key);
    return found == from.end() ? nothing : *found;
}

std::string textAt(const json &from, const char *key)
{
    const json &value = part(from, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

double numberAt(const json &from, const char *key)
{
    const json &value = part(from, key);
    return value.is_number() ? value.get<double>() : 0;
}

std::int64_t countAt(const json &from, const char *key)
{
    const json &value = part(from, key);
    return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

bool flagAt(const json &from, const char *key)
{
    const json &value = part(from, key);
    return value.is_boolean() && value.get<bool>();
}

AgentInfo agentFrom(const json &from)
{
    return {textAt(from, "id"),     textAt(from, "name"),     textAt(from, "role"),
            textAt(from, "sensor"), textAt(from, "location"), textAt(from, "run"),
            textAt(from, "version")};
}

AgentReport reportFrom(json status)
{
    AgentReport report;
    report.agent = agentFrom(part(status, "agent"));
    report.healthy = flagAt(status, "healthy");
    report.warning = textAt(status, "warning");
    report.uptime = numberAt(status, "uptime_s");
    const json &source = part(status, "source");
    report.sourceState = textAt(source, "state");
    report.sourceReason = textAt(source, "reason");
    report.width = static_cast<int>(countAt(source, "width"));
    report.height = static_cast<int>(countAt(source, "height"));
    report.fps = numberAt(source, "fps");
    report.looksPerSecond = numberAt(part(status, "detection"), "fps");
    report.facesNow = countAt(part(status, "faces"), "now");
    report.facesTotal = countAt(part(status, "faces"), "total");
    report.visits = countAt(part(status, "visits"), "total");
    report.undelivered = countAt(part(status, "journal"), "undelivered");
    report.uploadState = textAt(part(status, "upload"), "state");
    report.uploadError = textAt(part(status, "upload"), "error");
    if (const json &degrees = part(part(status, "health"), "temperature_c"); degrees.is_number())
        report.temperature = degrees.get<double>();
    report.all = std::move(status);
    return report;
}

AgentTuning tuningFrom(const json &from)
{
    AgentTuning tuning;
    tuning.revision = static_cast<std::uint32_t>(countAt(from, "revision"));
    tuning.inEffect = static_cast<std::uint32_t>(countAt(from, "in_effect"));
    tuning.persisted = static_cast<std::uint32_t>(countAt(from, "persisted"));
    tuning.keepError = textAt(from, "keep_error");
    tuning.values = part(from, "values");
    return tuning;
}

AgentPreset presetFrom(const json &from)
{
    return {textAt(from, "name"), textAt(from, "saved"), part(from, "values")};
}

AgentTuningStep stepFrom(const json &from)
{
    AgentTuningStep step{textAt(from, "time"),
                    textAt(from, "who"),
                    textAt(from, "cause"),
                    textAt(from, "run"),
                    static_cast<std::uint32_t>(countAt(from, "revision")),
                    flagAt(from, "undone"),
                    {}};
    for (const json &value : part(from, "values"))
        step.changes.push_back({textAt(value, "key"), part(value, "old"), part(value, "new")});
    return step;
}

Identified identifiedFrom(const json &from)
{
    return {textAt(from, "name"), static_cast<int>(countAt(from, "seconds")), textAt(from, "light")};
}

json valueOf(const json &values, const std::string &key)
{
    const auto dot = key.find('.');
    if (dot == key.npos)
        return part(values, key.c_str());
    const std::string group = key.substr(0, dot), name = key.substr(dot + 1);
    const json &section = part(values, group.c_str());
    if (section.is_object() && section.contains(name))
        return section[name];
    // Keys may have further dots: "detect.yunet.model" is {"detect": {"yunet": {"model": …}}} too.
    return section.is_object() ? valueOf(section, name) : json();
}

} // namespace facetrack

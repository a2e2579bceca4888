#include "libfacetrack/store/agent_records.h"

#include "libfacetrack/base/json_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::json;

/// Longer texts would not fit the database (32,766 bytes) and nobody reads them.
constexpr std::size_t longestText = 4'000;

/// JSON knows no NaN.
Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json(0.0);
}

tl::unexpected<Error> corrupt(const Record &record, const char *what)
{
    return fail(ErrorCode::Corrupt,
                "record " + record.agent + "/" + record.run + "/" + std::to_string(record.sequence),
                what);
}

/// Reads members of an object, of the right type or not at all.
class Members
{
public:
    explicit Members(const Json &object) : m_object(object) {}

    void read(const char *name, std::string &value)
    {
        const auto found = find(name, &Json::is_string);
        if (found != m_object.end() && found->get_ref<const std::string &>().size() <= longestText)
            value = found->get<std::string>();
        else
            m_fits = false;
    }
    template<typename Count>
    void count(const char *name, Count &value)
    {
        const auto found = find(name, &Json::is_number_unsigned);
        if (found != m_object.end() && *found <= std::numeric_limits<std::int32_t>::max())
            value = static_cast<Count>(found->get<std::uint32_t>());
        else
            m_fits = false;
    }
    void read(const char *name, double &value)
    {
        const auto found = find(name, &Json::is_number);
        if (found != m_object.end() && std::fabs(found->get<double>()) < 1e9)
            value = found->get<double>();
        else
            m_fits = false;
    }
    bool fits() const { return m_fits; }

private:
    Json::const_iterator find(const char *name, bool (Json::*is)() const noexcept) const
    {
        const auto found = m_object.find(name);
        return found != m_object.end() && (*found.*is)() ? found : m_object.end();
    }

    const Json &m_object;
    bool m_fits = true;
};

Record blank(RecordType type, const std::string &agent, const std::string &run)
{
    Record record;
    record.type = type;
    record.agent = agent;
    record.run = run;
    return record;
}

} // namespace

Record encodeHeartbeat(const Heartbeat &heartbeat)
{
    Record record = blank(RecordType::Heartbeat, heartbeat.agent.id, heartbeat.agent.run);
    record.sequence = heartbeat.sequence;
    record.time = heartbeat.time;
    record.clockTrusted = heartbeat.clockTrusted;
    const AgentInfo &agent = heartbeat.agent;
    record.body = jsonText(Json{{"name", agent.name},
                        {"role", agent.role},
                        {"sensor", agent.sensor},
                        {"location", agent.location},
                        {"version", agent.version},
                        {"address", heartbeat.address},
                        {"uptime_s", heartbeat.uptime.count()},
                        {"capture_fps", number(heartbeat.captureFps)},
                        {"detection_fps", number(heartbeat.detectionFps)},
                        {"temperature", heartbeat.temperature ? number(*heartbeat.temperature)
                                                              : Json()},
                        {"backlog", std::min<std::uint64_t>(heartbeat.backlog, 2'000'000'000)},
                        {"warning", heartbeat.warning.substr(0, longestText)}});
    return record;
}

Result<Heartbeat> decodeHeartbeat(const Record &record)
{
    const Json body = Json::parse(record.body, nullptr, false);
    if (record.type != RecordType::Heartbeat || !body.is_object())
        return corrupt(record, "its body is not a heartbeat");
    Heartbeat heartbeat;
    heartbeat.sequence = record.sequence;
    heartbeat.time = record.time;
    heartbeat.clockTrusted = record.clockTrusted;
    heartbeat.agent.id = record.agent;
    heartbeat.agent.run = record.run;
    Members members(body);
    members.read("name", heartbeat.agent.name);
    members.read("role", heartbeat.agent.role);
    members.read("sensor", heartbeat.agent.sensor);
    members.read("location", heartbeat.agent.location);
    members.read("version", heartbeat.agent.version);
    members.read("address", heartbeat.address);
    std::uint32_t uptime = 0;
    members.count("uptime_s", uptime);
    heartbeat.uptime = std::chrono::seconds(uptime);
    members.read("capture_fps", heartbeat.captureFps);
    members.read("detection_fps", heartbeat.detectionFps);
    if (const auto known = body.find("temperature"); known != body.end() && !known->is_null())
        members.read("temperature", heartbeat.temperature.emplace());
    members.count("backlog", heartbeat.backlog);
    members.read("warning", heartbeat.warning);
    if (!members.fits())
        return corrupt(record, "its body is not a heartbeat");
    return heartbeat;
}

Record encodeTuningChange(const TuningChange &change, const std::string &agent,
                          const std::string &run)
{
    Record record = blank(RecordType::TuningChange, agent, run);
    record.sequence = change.sequence;
    record.time = change.time;
    record.clockTrusted = change.clockTrusted;
    record.body = jsonText(Json{{"revision", change.revision},
                        {"who", change.who.substr(0, longestText)},
                        {"parameter", change.parameter.substr(0, longestText)},
                        {"old", change.oldValue.substr(0, longestText)},
                        {"new", change.newValue.substr(0, longestText)}});
    return record;
}

Result<TuningChange> decodeTuningChange(const Record &record)
{
    const Json body = Json::parse(record.body, nullptr, false);
    if (record.type != RecordType::TuningChange || !body.is_object())
        return corrupt(record, "its body is not a tuning change");
    TuningChange change;
    change.sequence = record.sequence;
    change.time = record.time;
    change.clockTrusted = record.clockTrusted;
    Members members(body);
    members.count("revision", change.revision);
    members.read("who", change.who);
    members.read("parameter", change.parameter);
    members.read("old", change.oldValue);
    members.read("new", change.newValue);
    if (!members.fits())
        return corrupt(record, "its body is not a tuning change");
    return change;
}

} // namespace facetrack

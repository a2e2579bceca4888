#include "libfacetrack/relay/relay_status.h"

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

Json toJson(const IntakeState &intake, std::uint64_t badTokens)
{
    return {{"batches", intake.batches},     {"kept", intake.kept},
            {"refused", intake.refused},     {"bytes", intake.bytes},
            {"turned_away", intake.turnedAway}, {"malformed", intake.malformed},
            {"bad_tokens", badTokens},       {"trouble", intake.trouble}};
}

Json agentsJson(const IntakeState &intake)
{
    Json agents = Json::array();
    for (const auto &[id, agent] : intake.agents)
        agents.push_back({{"id", id}, {"rows", agent.rows}, {"last", isoTime(agent.last)}});
    return agents;
}

} // namespace

std::string statusJson(const RelayStatus &status)
{
    const std::string wrong = whatIsWrong(status);
    Json json;
    json["relay"] = {{"id", status.relay.id},
                     {"name", status.relay.name},
                     {"location", status.relay.location},
                     {"run", status.relay.run},
                     {"version", status.relay.version}};
    json["time"] = isoTime(status.now);
    json["uptime_s"] = seconds(status.uptime);
    json["healthy"] = wrong.empty();
    json["warning"] = wrong;
    json["intake"] = toJson(status.intake, status.badTokens);
    json["agents"] = agentsJson(status.intake);
    json["journal"] = journalJson(status.journal, status.now);
    if (status.upload)
        json["upload"] = uploadJson(*status.upload);
    json["http"] = {{"connections", status.connections}, {"requests", status.requests}};
    return jsonText(json);
}

std::string metricsText(const RelayStatus &status)
{
    MetricsWriter to(status.relay.id);
    to.info("facetrack_relay_info", "Who this relay is",
            "name=\"" + escapedLabel(status.relay.name) + "\",version=\""
                + escapedLabel(status.relay.version) + "\"");
    to.gauge("facetrack_uptime_seconds", "Seconds since the relay started", seconds(status.uptime));
    to.gauge("facetrack_healthy", "1 while nothing is wrong", whatIsWrong(status).empty() ? 1 : 0);
    to.counter("facetrack_relay_batches_total", "Requests whose rows were kept",
               status.intake.batches);
    to.counter("facetrack_relay_rows_total", "Rows kept, repeats included", status.intake.kept);
    to.counter("facetrack_relay_refused_rows_total", "Rows that no record can look like",
               status.intake.refused);
    to.counter("facetrack_relay_bytes_total", "Bytes of records as they came", status.intake.bytes);
    to.counter("facetrack_relay_turned_away_total",
               "Requests answered 503: the agent keeps its rows", status.intake.turnedAway);
    to.counter("facetrack_relay_malformed_total", "Requests of which nothing could be kept",
               status.intake.malformed);
    to.counter("facetrack_relay_bad_tokens_total", "Requests without a good token",
               status.badTokens);
    to.gauge("facetrack_relay_agents", "Agents whose rows were kept in this run",
             status.intake.agents.size());
    writeJournalMetrics(to, status.journal, status.now);
    if (status.upload)
        writeUploadMetrics(to, *status.upload);
    to.gauge("facetrack_http_connections", "Open HTTP connections", status.connections);
    to.counter("facetrack_http_requests_total", "HTTP requests", status.requests);
    return to.take();
}

std::string whatTurnsAway(const RelayStatus &status)
{
    if (!status.journal.writable)
        return "journal: " + status.journal.lastError;
    if (!status.intake.trouble.empty())
        return "records are turned away: " + status.intake.trouble;
    return {};
}

std::string whatIsWrong(const RelayStatus &status)
{
    std::string wrong = whatTurnsAway(status);
    if (wrong.empty() && status.upload && status.upload->phase == UploadPhase::Refused)
        wrong = "upload refused: " + status.upload->error;
    return wrong;
}

} // namespace facetrack

#include "libfacetrack/simulation/simulated_event.h"

#include "libfacetrack/analytics/answer_json.h"
#include "libfacetrack/base/iso_time.h"

#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::json;

Json sumsJson(const Figures &figures)
{
    return {{"minutes", figures.minutes},           {"seconds", figures.seconds},
            {"observations", figures.observations}, {"face_detections", figures.detections},
            {"visits", figures.visits},             {"mean_millionths", figures.millionths}};
}

} // namespace

Json truthJson(const SimulatedEvent &event, const EventTruth &truth)
{
    Json agents = Json::object();
    for (const auto &[agent, figures] : byAgent(truth.counts))
        agents[agent] = sumsJson(figures);
    Json outages = Json::array();
    for (const EventTruth::Outage &outage : truth.outages)
        outages.push_back({{"agent", outage.agent},
                           {"from", isoTime(outage.from)},
                           {"to", isoTime(outage.to)}});
    return {{"simulated", true},
            {"seed", event.seed},
            {"profile", event.profile},
            {"tz", event.zone},
            {"first_day", event.first.toString(Qt::ISODate).toStdString()},
            {"days", event.days},
            {"records", truth.records},
            {"late", truth.late},
            {"duplicates", truth.duplicates},
            {"totals", sumsJson(totals(truth.counts))},
            {"by_agent", std::move(agents)},
            {"outages", std::move(outages)},
            {"counts", countsJson(truth.counts)},
            {"heat_map", heatMapJson(truth.heatMap)},
            {"dwell", dwellJson(truth.dwell)},
            {"marks", marksJson(truth.marks)["marks"]}};
}

} // namespace facetrack

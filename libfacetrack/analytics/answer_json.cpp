#include "libfacetrack/analytics/answer_json.h"

#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::json;

/// Runs `read`, in which anything that is not as it should be throws.
template<typename T, typename Read>
Result<T> reading(const char *what, const Read &read)
{
    try {
        return read();
    } catch (const Json::exception &) {
        return fail(ErrorCode::Corrupt, what, "the answer is not understood",
                    "is the agent of another version?");
    }
}

Json row(Minute begin, const std::string &agent, const Figures &figures)
{
    return Json::array({begin, agent, figures.minutes, figures.seconds, figures.observations,
                        figures.detections, figures.visits, figures.millionths, figures.simulated});
}

Figures figuresFrom(const Json &row)
{
    const auto number = [&row](std::size_t at) { return row.at(at).get<std::uint64_t>(); };
    return {number(2), number(3), number(4), number(5), number(6), number(7), number(8)};
}

} // namespace

Json countsJson(const Counts &counts)
{
    Json rows = Json::array();
    for (const auto &[begin, agents] : counts.stretches) {
        for (const auto &[agent, figures] : agents)
            rows.push_back(row(begin, agent, figures));
    }
    return {{"from_minute", counts.span.from},
            {"to_minute", counts.span.to},
            {"step", counts.step},
            {"columns", {"minute", "agent", "minutes", "seconds", "observations", "face_detections",
                         "visits", "mean_millionths", "simulated"}},
            {"rows", std::move(rows)}};
}

Result<Counts> countsFrom(const Json &json)
{
    return reading<Counts>("counts", [&] {
        Counts counts{{json.at("from_minute").get<Minute>(), json.at("to_minute").get<Minute>()},
                      json.at("step").get<Minute>(),
                      {}};
        for (const Json &row : json.at("rows"))
            counts.stretches[row.at(0).get<Minute>()][row.at(1).get<std::string>()]
                += figuresFrom(row);
        return counts;
    });
}

Json heatMapJson(const HeatMap &map)
{
    Json agents = Json::object();
    for (const auto &[agent, cells] : map)
        agents[agent] = cells;
    return {{"columns", HeatGrid::columns}, {"rows", HeatGrid::rows}, {"agents", std::move(agents)}};
}

Result<HeatMap> heatMapFrom(const Json &json)
{
    return reading<HeatMap>("heat map", [&] {
        HeatMap map;
        for (const auto &[agent, cells] : json.at("agents").items()) {
            map[agent] = cells.get<std::vector<std::uint64_t>>();
            map[agent].resize(HeatGrid::cells);
        }
        return map;
    });
}

Json dwellJson(const DwellByAgent &agents)
{
    Json json = Json::object();
    for (const auto &[agent, times] : agents) {
        Json visits = Json::array();
        for (const auto &[second, count] : times.visits)
            visits.push_back({second, count});
        json[agent] = {{"milliseconds", times.milliseconds}, {"visits_by_second", std::move(visits)}};
    }
    return {{"agents", std::move(json)}};
}

Result<DwellByAgent> dwellFrom(const Json &json)
{
    return reading<DwellByAgent>("dwell", [&] {
        DwellByAgent agents;
        for (const auto &[agent, times] : json.at("agents").items()) {
            DwellTimes &to = agents[agent];
            to.milliseconds = times.at("milliseconds").get<std::uint64_t>();
            for (const Json &entry : times.at("visits_by_second"))
                to.visits[entry.at(0).get<std::int64_t>()] += entry.at(1).get<std::uint64_t>();
        }
        return agents;
    });
}

Json marksJson(const std::vector<TuningMark> &marks)
{
    Json rows = Json::array();
    for (const TuningMark &mark : marks)
        rows.push_back({{"time_ms", mark.time.count()}, {"agent", mark.agent},
                        {"revision", mark.revision},    {"who", mark.who},
                        {"parameter", mark.parameter},  {"old", mark.oldValue},
                        {"new", mark.newValue}});
    return {{"marks", std::move(rows)}};
}

Result<std::vector<TuningMark>> marksFrom(const Json &json)
{
    return reading<std::vector<TuningMark>>("marks", [&] {
        std::vector<TuningMark> marks;
        for (const Json &row : json.at("marks"))
            marks.push_back({UtcTime(row.at("time_ms").get<std::int64_t>()),
                             row.at("agent").get<std::string>(),
                             row.at("revision").get<std::uint32_t>(),
                             row.at("who").get<std::string>(),
                             row.at("parameter").get<std::string>(),
                             row.at("old").get<std::string>(), row.at("new").get<std::string>()});
        return marks;
    });
}

} // namespace facetrack

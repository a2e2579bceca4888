#include "libfacetrack/store/record.h"

#include "libfacetrack/base/json_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::json;

constexpr double sizeUnits = 10'000;
/// As many elements has the body.
constexpr std::size_t parts = 9;
/// Names in the configuration have at most 32; somebody else's may have more.
constexpr std::size_t longestName = 64;
/// A year: what is longer is no visit but an error, and sums could overflow.
constexpr std::int64_t longest = 366LL * 24 * 3600 * 1000;

bool isCount(const Json &json, std::int64_t most)
{
    return json.is_number_integer() && json >= 0 && json <= most;
}

bool isName(const Json &json)
{
    return json.is_string() && json.get_ref<const std::string &>().size() <= longestName;
}

bool isCrossing(const Json &json)
{
    return json.is_array() && json.size() == 3 && isName(json[0]) && isName(json[1])
           && isCount(json[2], longest);
}

bool isVisit(const Json &json)
{
    constexpr std::int64_t mostNumber = std::numeric_limits<std::uint32_t>::max();
    return json.is_array() && json.size() == parts && isCount(json[0], longest)
           && isCount(json[1], longest) && json[1] <= json[0] && isCount(json[2], mostNumber)
           && isName(json[3]) && json[4].is_array() && json[4].size() <= Visit::mostCrossings
           && std::all_of(json[4].begin(), json[4].end(), isCrossing)
           && isCount(json[5], static_cast<std::int64_t>(sizeUnits)) && isCount(json[6], mostNumber)
           && isCount(json[7], mostNumber) && isCount(json[8], 1);
}

} // namespace

Record encodeVisit(const Visit &visit, const std::string &agent, const std::string &run)
{
    Record record;
    record.type = RecordType::Visit;
    record.agent = agent;
    record.run = run;
    record.sequence = visit.sequence;
    record.time = visit.start;
    record.clockTrusted = visit.clockTrusted;
    Json crossings = Json::array();
    for (const Crossing &crossing : visit.crossings)
        crossings.push_back({crossing.line, crossing.way, crossing.at.count()});
    const double size = std::isfinite(visit.size) ? static_cast<double>(visit.size) : 0;
    const Json body{visit.duration.count(),
                    visit.dwell.count(),
                    visit.track,
                    visit.zone,
                    crossings,
                    std::lround(std::clamp(size, 0.0, 1.0) * sizeUnits),
                    visit.observations,
                    visit.revision,
                    visit.complete ? 1 : 0};
    record.body = jsonText(body);
    return record;
}

Result<Visit> decodeVisit(const Record &record)
{
    const Json body = Json::parse(record.body, nullptr, false);
    if (record.type != RecordType::Visit || !isVisit(body))
        return fail(ErrorCode::Corrupt, "record " + record.agent + "/" + record.run + "/"
                        + std::to_string(record.sequence), "its body is not a visit");
    Visit visit;
    visit.sequence = record.sequence;
    visit.start = record.time;
    visit.clockTrusted = record.clockTrusted;
    visit.duration = std::chrono::milliseconds(body[0].get<std::int64_t>());
    visit.dwell = std::chrono::milliseconds(body[1].get<std::int64_t>());
    visit.track = body[2].get<std::uint32_t>();
    visit.zone = body[3].get<std::string>();
    for (const Json &crossing : body[4])
        visit.crossings.push_back({crossing[0].get<std::string>(), crossing[1].get<std::string>(),
                                   std::chrono::milliseconds(crossing[2].get<std::int64_t>())});
    visit.size = static_cast<float>(body[5].get<double>() / sizeUnits);
    visit.observations = body[6].get<std::uint32_t>();
    visit.revision = body[7].get<std::uint32_t>();
    visit.complete = body[8].get<int>() == 1;
    return visit;
}

} // namespace facetrack

#include "libfacetrack/agent/clip_routes.h"

#include "libfacetrack/agent/access.h"
#include "libfacetrack/agent/control_routes.h"
#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/config/patch.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace facetrack {

namespace {

using http::Request;
using http::Response;
using Json = nlohmann::ordered_json;

constexpr double UsualSeconds = 10;
constexpr std::ptrdiff_t LongestName = 80; // characters, as JSON Schema's maxLength

Json toJson(const FaceBoxes &boxes)
{
    Json all = Json::array();
    for (const Box &box : boxes)
        all.push_back({{"x", box.x}, {"y", box.y}, {"w", box.w}, {"h", box.h}});
    return all;
}

/// Why a clip is shorter than asked for; null where it is not.
Json shortness(const Clip &clip)
{
    switch (clip.reach) {
    case ClipReach::Memory:
        return {{"code", "memory"},
                {"message", "no more pictures fit into clip.max_megabytes"},
                {"advice", "a larger clip.max_megabytes holds more, after a restart"}};
    case ClipReach::Beginning:
        return {{"code", "beginning"},
                {"message", "the source has not been running for so long"},
                {"advice", "freeze again later"}};
    case ClipReach::AsAsked: break;
    }
    return {};
}

Json toJson(const Clip &clip, std::chrono::nanoseconds keptFor)
{
    const ClipFrame &last = clip.frames.back();
    return {{"frames", clip.frames.size()},
            {"asked_seconds", std::chrono::duration<double>(clip.asked).count()},
            {"seconds", clip.seconds()},
            {"shorter", shortness(clip)},
            {"from", isoTime(clip.frames.front().capturedUtc)},
            {"to", isoTime(last.capturedUtc)},
            {"width", last.size.width},
            {"height", last.size.height},
            {"bytes", clip.bytes()},
            {"unused_kept_s", std::chrono::duration<double>(keptFor).count()}};
}

Json toJson(const ClipFigures &set)
{
    Json differences = Json::array();
    for (const ClipDifference &one : set.differences)
        differences.push_back({{"frame", one.frame},
                               {"file", one.file.empty() ? Json() : Json(one.file)},
                               {"agreement", one.agreement},
                               {"first", toJson(one.first)},
                               {"faces", toJson(one.boxes)}});
    return {{"name", set.name},
            {"error", set.error},
            {"faces_per_frame", set.facesPerFrame},
            {"flicker", set.flicker},
            {"cpu_ms", set.cpuMilliseconds},
            {"agreement", set.agreement},
            {"front", set.front},
            {"differing", std::move(differences)}};
}

const char *phaseName(ClipTrialState::Phase phase)
{
    switch (phase) {
    case ClipTrialState::Phase::Running: return "running";
    case ClipTrialState::Phase::Done: return "done";
    case ClipTrialState::Phase::Failed: return "failed";
    case ClipTrialState::Phase::None: break;
    }
    return "none";
}

Json toJson(const ClipTrialState &trial)
{
    Json sets = Json::array();
    for (const ClipFigures &set : trial.sets)
        sets.push_back(toJson(set));
    return {{"state", phaseName(trial.phase)},
            {"frames_done", trial.framesDone},
            {"frames", trial.frames},
            {"error", trial.error},
            {"sets", std::move(sets)}};
}

Response stateAnswer(int status, Clips &clips)
{
    const ClipPtr clip = clips.current();
    const Json answer{{"clip", clip ? toJson(*clip, clips.keptFor()) : Json()},
                      {"evaluation", toJson(clips.trial())}};
    return Response::json(status, jsonText(answer));
}

Response noClip()
{
    return Response::error(404, "not_found", "no clip is frozen, or it was not used for long",
                           "POST /api/v1/clip freezes the last seconds");
}

Response freeze(const Request &request, Clips &clips)
{
    const auto body = jsonBody(request, true);
    if (!body)
        return body.error();
    double seconds = UsualSeconds;
    for (const auto &[key, value] : body->items()) {
        const bool taken = key == "seconds" && value.is_number();
        seconds = taken ? value.get<double>() : NAN;
        if (!(seconds > 0 && seconds <= double(ClipRing::longest.count())))
            return Response::error(400, "invalid_argument",
                                   "seconds is a number above 0, 60 at most",
                                   R"(such as {"seconds": 10})");
    }
    const auto clip = clips.freeze(
        std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9)));
    if (!clip)
        return Response::error(clip.error().code == ErrorCode::Unavailable ? 503 : 409,
                               errorCodeName(clip.error().code), clip.error().message,
                               clip.error().advice);
    return stateAnswer(201, clips);
}

Response wrongSets(const std::string &what)
{
    return Response::error(
        400, "invalid_argument", what,
        R"(such as {"sets": [{"name": "now"}, {"name": "strict", "tuning": {"detect": {"min_neighbors": 5}}}]})");
}

bool isNamed(const nlohmann::json &set)
{
    if (!set.contains("name"))
        return true;
    if (!set["name"].is_string())
        return false;
    const auto name = set["name"].get<std::string>(); // UTF-8: nlohmann takes no other
    return std::count_if(name.begin(), name.end(), [](char byte) { return (byte & 0xC0) != 0x80; })
           <= LongestName;
}

/// One member of "sets", as a change of the tuning in force.
tl::expected<ClipSet, Response> setFrom(const nlohmann::json &json, std::size_t index,
                                        const TuningState &now)
{
    if (!json.is_object() || !isNamed(json))
        return tl::unexpected(wrongSets("a set is an object with name (80 characters) and tuning"));
    for (const auto &[key, unused] : json.items())
        if (key != "name" && key != "tuning")
            return tl::unexpected(
                wrongSets("a set has no such member as \"" + key.substr(0, 40) + "\""));
    ClipSet set{json.value("name", "set " + std::to_string(index + 1)), now.config.tuning};
    if (!json.contains("tuning"))
        return set;
    auto tuning = applyPatch(now.config, json["tuning"]);
    if (!tuning) {
        for (Problem &problem : tuning.error())
            problem.message = set.name + ": " + problem.message;
        return tl::unexpected(invalidAnswer(tuning.error()));
    }
    set.tuning = std::move(*tuning);
    return set;
}

tl::expected<std::vector<ClipSet>, Response> setsFrom(const nlohmann::json &body,
                                                      const TuningState &now)
{
    const std::string range = "sets is a list of 1 to " + std::to_string(ClipTrial::mostSets);
    if (body.size() != 1 || !body.contains("sets") || !body["sets"].is_array()
        || body["sets"].empty() || body["sets"].size() > ClipTrial::mostSets)
        return tl::unexpected(wrongSets(range));
    std::vector<ClipSet> sets;
    for (const nlohmann::json &json : body["sets"]) {
        auto set = setFrom(json, sets.size(), now);
        if (!set)
            return tl::unexpected(set.error());
        sets.push_back(std::move(*set));
    }
    return sets;
}

Response evaluate(const Request &request, const ClipSources &sources)
{
    const auto body = jsonBody(request);
    if (!body)
        return body.error();
    auto sets = setsFrom(*body, sources.tuning.state());
    if (!sets)
        return sets.error();
    if (!sources.clips.current())
        return noClip();
    if (!sources.clips.evaluate(std::move(*sets)))
        return Response::error(409, "busy", "another evaluation is running",
                               "wait for GET /api/v1/clip to say done, or DELETE /api/v1/clip");
    return stateAnswer(202, sources.clips);
}

Response picture(const Request &request, Clips &clips)
{
    const ClipPtr clip = clips.current();
    if (!clip)
        return noClip();
    const std::string &text = request.captures.at("frame");
    std::size_t index = 0;
    const char *const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, index);
    if (read.ec != std::errc() || read.ptr != end || index >= clip->frames.size())
        return Response::error(404, "not_found", "the clip has no such frame",
                               "frames count from 0 to "
                                   + std::to_string(clip->frames.size() - 1));
    Response response;
    response.contentType = "image/jpeg";
    response.body = clip->frames[index].jpeg;
    response.headers = {{"Cache-Control", "no-store"}};
    return response;
}

} // namespace

void addClipRoutes(http::Server &server, const ClipSources &sources)
{
    const auto add = [&](const char *method, const char *path, auto handler) {
        server.route(method, path,
                     http::answerOn(sources.worker,
                                    [handler](const Request &request, std::stop_token) {
                                        if (!mayChange(request))
                                            return onlyForOwners();
                                        return handler(request);
                                    }));
    };
    add("GET", "/api/v1/clip",
        [sources](const Request &) { return stateAnswer(200, sources.clips); });
    add("POST", "/api/v1/clip",
        [sources](const Request &request) { return freeze(request, sources.clips); });
    add("DELETE", "/api/v1/clip", [sources](const Request &) {
        sources.clips.drop();
        return stateAnswer(200, sources.clips);
    });
    add("POST", "/api/v1/clip/evaluate",
        [sources](const Request &request) { return evaluate(request, sources); });
    add("GET", "/api/v1/clip/frames/{frame}",
        [sources](const Request &request) { return picture(request, sources.clips); });
}

} // namespace facetrack

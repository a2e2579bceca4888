#include "libfacetrack/agent/control_routes.h"

#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/config/patch.h"
#include "libfacetrack/config/schema.h"

namespace facetrack {

namespace {

using http::Request;
using http::Response;
using Json = nlohmann::ordered_json;

Json toJson(const std::string &name, const Preset &preset)
{
    return {{"name", name}, {"saved", isoTime(preset.saved)}, {"values", preset.values}};
}

Response noSuchPreset(const std::string &name)
{
    return Response::error(404, "not_found", "there is no preset \"" + name + "\"",
                           "see /api/v1/presets");
}

Response failed(const Error &error)
{
    const int status = error.code == ErrorCode::Full       ? 507
                       : error.code == ErrorCode::NotFound ? 404
                                                           : 500;
    return Response::error(status, errorCodeName(error.code), describe(error), error.advice);
}

Response list(const Presets &presets)
{
    Json all = Json::array();
    for (const auto &[name, preset] : presets.all())
        all.push_back(toJson(name, preset));
    return Response::json(200, jsonText(Json{{"presets", std::move(all)}}));
}

Response one(const Request &request, const Presets &presets)
{
    const std::string &name = request.captures.at("name");
    const auto preset = presets.find(name);
    return preset ? Response::json(200, jsonText(toJson(name, *preset))) : noSuchPreset(name);
}

/// The values in the body, or without any the ones in force.
tl::expected<nlohmann::json, Response> valuesFor(const Request &request,
                                                 const TuningControl &tuning)
{
    auto body = jsonBody(request, true);
    if (!body)
        return body;
    const TuningState now = tuning.state();
    if (body->empty())
        return valuesJson(now.config, Applies::NextFrame);
    if (body->size() != 1 || !body->contains("values") || !(*body)["values"].is_object())
        return tl::unexpected(Response::error(400, "invalid_argument",
                                              "a preset is an object with \"values\" only",
                                              R"(such as {"values": {"detect": {"min_neighbors": 5}}}, )"
                                              "or {} for the values in force"));
    if (const auto checked = applyPatch(now.config, (*body)["values"]); !checked)
        return tl::unexpected(invalidAnswer(checked.error()));
    return (*body)["values"];
}

Response put(const Request &request, const ControlSources &sources)
{
    const std::string &name = request.captures.at("name");
    if (!isPresetName(name))
        return Response::error(400, "invalid_argument", "that is no name for a preset",
                               "1 to 64 bytes without control characters or space at the ends");
    auto values = valuesFor(request, sources.tuning);
    if (!values)
        return values.error();
    Preset preset{std::move(*values), SystemClock::instance().utc()};
    const std::string answer = jsonText(toJson(name, preset));
    const auto stored = sources.presets.put(name, std::move(preset));
    return stored ? Response::json(*stored ? 201 : 200, answer) : failed(stored.error());
}

Response remove(const Request &request, Presets &presets)
{
    const auto removed = presets.remove(request.captures.at("name"));
    if (!removed)
        return failed(removed.error());
    Response response;
    response.status = 204;
    return response;
}

Response apply(const Request &request, const ControlSources &sources)
{
    const std::string &name = request.captures.at("name");
    const auto preset = sources.presets.find(name);
    if (!preset)
        return noSuchPreset(name);
    return answerOf(sources.tuning.patch(preset->values,
                                         orderOf(request, sources.run, "preset " + name)),
                    sources);
}

} // namespace

void addPresetRoutes(http::Server &server, const ControlSources &sources)
{
    const std::string path = "/api/v1/presets/{name}";
    server.route("GET", "/api/v1/presets", http::answer([sources](const Request &) {
        return list(sources.presets);
    }));
    server.route("GET", path, http::answer([sources](const Request &request) {
        return one(request, sources.presets);
    }));
    server.route("PUT", path,
                 http::answerOn(sources.worker, [sources](const Request &request, std::stop_token) {
                     return put(request, sources);
                 }));
    server.route("DELETE", path,
                 http::answerOn(sources.worker, [sources](const Request &request, std::stop_token) {
                     return remove(request, sources.presets);
                 }));
    server.route("POST", path + "/apply", http::answer([sources](const Request &request) {
        return apply(request, sources);
    }));
}

} // namespace facetrack

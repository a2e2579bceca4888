#include "libfacetrack/agent/device_routes.h"

#include "libfacetrack/agent/agent_status.h"
#include "libfacetrack/agent/control_routes.h"
#include "libfacetrack/base/json_text.h"

namespace facetrack {

namespace {

using http::Request;
using http::Response;
using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds identifyFor{10};
constexpr std::chrono::minutes calibrateFor{15};

Response identify(const DeviceSources &sources)
{
    const std::string light = sources.identify(identifyFor);
    const Json answer{{"name", sources.plate.info().name},
                      {"seconds", identifyFor.count()},
                      {"light", light}};
    return Response::json(200, jsonText(answer));
}

/// The guard lets only those here who may change things.
Response calibrate(const Request &request, const DeviceSources &sources)
{
    const auto wish = jsonBody(request);
    if (!wish)
        return wish.error();
    const auto open = wish->find("open");
    if (open == wish->end() || !open->is_boolean() || wish->size() != 1)
        return Response::error(422, "invalid_argument", "\"open\" must be true or false",
                               "send {\"open\": true}, and nothing else");
    const std::chrono::seconds time = *open ? calibrateFor : std::chrono::seconds(0);
    sources.calibrate(time);
    return Response::json(200, jsonText(Json{{"open", open->get<bool>()},
                                             {"left_s", time.count()}}));
}

Response rename(const Request &request, const DeviceSources &sources)
{
    const auto wish = jsonBody(request);
    if (!wish)
        return wish.error();
    const auto info = sources.plate.changed(*wish);
    if (!info)
        return invalidAnswer(info.error());
    if (const auto kept = sources.plate.set(*info); !kept)
        return Response::error(500, errorCodeName(kept.error().code), describe(kept.error()),
                               kept.error().advice);
    sources.renamed(*info);
    return Response::json(200, agentJson(*info));
}

} // namespace

void addDeviceRoutes(http::Server &server, const DeviceSources &sources)
{
    server.route("POST", "/api/v1/identify",
                 http::answer([sources](const Request &) { return identify(sources); }));
    server.route("POST", "/api/v1/source/restart", http::answer([sources](const Request &) {
        sources.restartSource();
        return Response::json(202, R"({"restarting":true})");
    }));
    server.route("POST", "/api/v1/calibration", http::answer([sources](const Request &request) {
        return calibrate(request, sources);
    }));
    server.route("PUT", "/api/v1/agent",
                 http::answerOn(sources.worker, [sources](const Request &request, std::stop_token) {
                     return rename(request, sources);
                 }));
}

} // namespace facetrack

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

Response identify(const DeviceSources &sources)
{
    const std::string light = sources.identify(identifyFor);
    const Json answer{{"name", sources.plate.info().name},
                      {"seconds", identifyFor.count()},
                      {"light", light}};
    return Response::json(200, jsonText(answer));
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
    server.route("PUT", "/api/v1/agent",
                 http::answerOn(sources.worker, [sources](const Request &request, std::stop_token) {
                     return rename(request, sources);
                 }));
}

} // namespace facetrack

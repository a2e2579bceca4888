#include "libfacetrack/agent/control_routes.h"

#include "libfacetrack/base/json_text.h"
#include "libfacetrack/capture/camera_orders.h"
#include "libfacetrack/config/reference.h"
#include "libfacetrack/detect/choices_found.h"

#include <charconv>

namespace facetrack {

namespace {

using http::Request;
using http::Response;

Response history(const Request &request, const TuningControl &tuning)
{
    std::size_t limit = TuningHistory::most;
    if (const auto wish = request.query.find("limit"); wish != request.query.end()) {
        const char *const end = wish->second.data() + wish->second.size();
        const auto read = std::from_chars(wish->second.data(), end, limit);
        if (read.ec != std::errc() || read.ptr != end || limit < 1 || limit > TuningHistory::most)
            return Response::error(400, "invalid_argument", "limit is not a number from 1 to 200");
    }
    const nlohmann::ordered_json answer{{"steps", tuning.history(limit)}};
    return Response::json(200, jsonText(answer));
}

} // namespace

void addTuningRoutes(http::Server &server, const ControlSources &sources)
{
    server.route("GET", "/api/v1/schema", http::answer([sources](const Request &) {
        // Anew each time: a model may have been put in place meanwhile, or a camera plugged in.
        const std::optional<CameraReport> camera = sources.camera();
        const auto shown = [&camera](const Parameter &parameter) {
            constexpr std::string_view prefix = "camera.";
            return parameter.group != "camera"
                   || (camera && cameraHas(camera->about, parameter.key.substr(prefix.size())));
        };
        return Response::json(200, "{\"parameters\":" + parametersJson(-1, choicesFound(), shown)
                                       + "}");
    }));
    server.route("GET", "/api/v1/tuning", http::answer([sources](const Request &) {
        return answerOf(sources.tuning.state(), sources);
    }));
    server.route("PATCH", "/api/v1/tuning", http::answer([sources](const Request &request) {
        const auto patch = jsonBody(request);
        if (!patch)
            return patch.error();
        const auto cause = request.query.find("cause");
        if (cause != request.query.end() && cause->second != "patch" && cause->second != "redo")
            return Response::error(400, "invalid_argument", "cause is neither patch nor redo");
        return answerOf(sources.tuning.patch(*patch, orderOf(request, sources.run,
                                                             cause == request.query.end() ? "patch" : cause->second)),
                        sources);
    }));
    server.route("POST", "/api/v1/tuning/undo", http::answer([sources](const Request &request) {
        return answerOf(sources.tuning.undo(orderOf(request, sources.run, "undo")), sources);
    }));
    server.route("POST", "/api/v1/tuning/reset", http::answer([sources](const Request &request) {
        return answerOf(sources.tuning.reset(orderOf(request, sources.run, "reset")), sources);
    }));
    server.route("GET", "/api/v1/tuning/history", http::answer([sources](const Request &request) {
        return history(request, sources.tuning);
    }));
}

} // namespace facetrack

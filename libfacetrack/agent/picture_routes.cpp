#include "libfacetrack/agent/access.h"
#include "libfacetrack/agent/rest.h"

namespace facetrack {

namespace {

using http::Reply;
using http::Request;
using http::Response;

Response refusal(const Error &error)
{
    const int status = error.code == ErrorCode::Unavailable       ? 503
                       : error.code == ErrorCode::InvalidArgument ? 400
                                                                  : 500;
    return Response::error(status, errorCodeName(error.code), error.message, error.advice);
}

Result<ViewerOptions> wishOf(const Request &request)
{
    auto options = parseViewerOptions(request.query);
    if (options)
        options->owner = mayChange(request);
    return options;
}

void stream(Broadcaster &broadcaster, const Request &request, const std::shared_ptr<Reply> &reply)
{
    const auto options = wishOf(request);
    if (!options)
        return reply->send(refusal(options.error()));
    auto watching = broadcaster.watch(*options);
    if (!watching)
        return reply->send(refusal(watching.error()));
    reply->stream(std::move(*watching));
}

void snapshot(Broadcaster &broadcaster, const Request &request, const std::shared_ptr<Reply> &reply)
{
    const auto options = wishOf(request);
    if (!options)
        return reply->send(refusal(options.error()));
    broadcaster.snapshot(*options, [reply](Result<Snapshot> picture) {
        if (!picture)
            return reply->send(refusal(picture.error()));
        Response response;
        response.contentType = "image/jpeg";
        response.body = picture->jpeg;
        response.headers = {{"X-Sequence", std::to_string(picture->sequence)}};
        reply->send(std::move(response));
    });
}

} // namespace

void addPictureRoutes(http::Server &server, const RestSources &sources)
{
    Broadcaster *const broadcaster = sources.broadcaster;
    server.route("GET", "/stream.mjpg",
                 [broadcaster](const Request &request, std::shared_ptr<Reply> reply) {
                     stream(*broadcaster, request, reply);
                 });
    server.route("GET", "/snapshot.jpg",
                 [broadcaster](const Request &request, std::shared_ptr<Reply> reply) {
                     snapshot(*broadcaster, request, reply);
                 });
}

} // namespace facetrack

#include "libfacetrack/agent/rest.h"

#include "libfacetrack/agent/access.h"
#include "libfacetrack/stream/focus.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

namespace facetrack {

namespace {

using http::Request;
using http::Response;

/// "x,y,w,h" as fractions of the picture.
std::optional<Box> parseRegion(const std::string &text)
{
    std::array<float, 4> values{};
    const char *at = text.data();
    const char *const end = at + text.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0 && (at == end || *at++ != ','))
            return std::nullopt;
        const auto read = std::from_chars(at, end, values[i], std::chars_format::fixed);
        if (read.ec != std::errc())
            return std::nullopt;
        at = read.ptr;
    }
    const Box box{values[0], values[1], values[2], values[3]};
    constexpr float slack = 1.0001F; // four rounded decimals may add up to a little more than 1
    const bool inside = box.x >= 0 && box.y >= 0 && box.w > 0 && box.h > 0 && box.x + box.w <= slack
                        && box.y + box.h <= slack;
    return at == end && inside ? std::optional(box) : std::nullopt;
}

Response focus(const Request &request, const FramePtr &frame)
{
    if (!frame)
        return Response::error(503, "unavailable", "there is no picture yet",
                               "look at /api/v1/status for what the source is doing");
    nlohmann::ordered_json figures;
    figures["sequence"] = frame->sequence();
    figures["whole"] = sharpness(frame->luma());
    if (const auto region = request.query.find("region"); region != request.query.end()) {
        const auto box = parseRegion(region->second);
        if (!box)
            return Response::error(400, "invalid_argument",
                                   "region \"" + region->second + "\" is not a place in the picture",
                                   "give x,y,w,h as fractions of it, e.g. region=0.4,0.4,0.2,0.2");
        figures["region"] = sharpness(frame->luma(), *box);
    }
    return Response::json(200, figures.dump());
}

/// The words may name servers and files: strangers are told only that something is wrong.
Response health(const Request &request, const AgentStatus &status)
{
    const std::string wrong = whatIsWrong(status);
    if (wrong.empty())
        return Response::text(200, "ok\n");
    return Response::text(503, mayLook(request) ? wrong + "\n" : "not well: log in to see why\n");
}

Response metrics(const AgentStatus &status)
{
    Response response = Response::text(200, metricsText(status));
    response.contentType = "text/plain; version=0.0.4; charset=utf-8";
    return response;
}

} // namespace

void addStatusRoutes(http::Server &server, const RestSources &sources)
{
    const auto status = sources.status;
    Broadcaster *const broadcaster = sources.broadcaster;
    server.route("GET", "/api/v1/status", http::answer([status](const Request &) {
        return Response::json(200, statusJson(status()));
    }));
    server.route("GET", "/api/v1/agent", http::answer([status](const Request &request) {
        const AgentInfo agent = status().agent;
        return Response::json(200, mayLook(request) ? agentJson(agent) : introductionJson(agent));
    }));
    server.route("GET", "/api/v1/focus", http::answer([broadcaster](const Request &request) {
        return focus(request, broadcaster->newestFrame());
    }));
    server.route("GET", "/metrics",
                 http::answer([status](const Request &) { return metrics(status()); }));
    server.route("GET", "/healthz",
                 http::answer([status](const Request &request) { return health(request, status()); }));
}

} // namespace facetrack

#include "libfacetrack/agent/access.h"
#include "libfacetrack/agent/control_routes.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/base/strict_json.h"
#include "libfacetrack/config/schema.h"

#include <algorithm>

namespace facetrack {

namespace {

using http::Request;
using http::Response;
using Json = nlohmann::ordered_json;

/// Revisions count anew in each run: an old console's must not fit by chance.
std::string etag(std::uint32_t revision, const std::string &run)
{
    return "\"" + std::to_string(revision) + "." + run + "\"";
}

/// RFC 9110 section 13.1.1: a list of tags, or * for any.
bool names(std::string_view list, std::string_view tag)
{
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        std::string_view item = list.substr(0, comma);
        item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
        item = item.substr(0, item.find_last_not_of(" \t") + 1);
        if (item == "*" || item == tag)
            return true;
        list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
    }
    return false;
}

Response refusal(const TuningRefusal &refusal)
{
    switch (refusal.kind) {
    case TuningRefusal::Kind::Outdated:
        return Response::error(412, "outdated", "somebody else has tuned meanwhile",
                               "read /api/v1/tuning again, then repeat with its ETag");
    case TuningRefusal::Kind::Nothing:
        return Response::error(409, "nothing_to_undo", "there is no change left to undo");
    case TuningRefusal::Kind::Invalid:
        break;
    }
    return invalidAnswer(refusal.problems);
}

} // namespace

tl::expected<nlohmann::json, Response> jsonBody(const Request &request, bool mayBeEmpty)
{
    if (request.body.empty() && mayBeEmpty)
        return nlohmann::json::object();
    const auto header = request.headers.find("content-type");
    const std::string type
        = header == request.headers.end() ? "" : header->second.substr(0, header->second.find(';'));
    if (type != "application/json" && type != "application/merge-patch+json")
        return tl::unexpected(Response::error(415, "unsupported_media_type",
                                              "the body's type is not JSON",
                                              "send Content-Type: application/json"));
    auto json = parseStrictJson(request.body);
    if (!json)
        return tl::unexpected(
            Response::error(400, "malformed_json", json.error().message, json.error().advice));
    if (!json->is_object())
        return tl::unexpected(Response::error(400, "malformed_json",
                                              "the body is not a JSON object",
                                              R"(such as {"detect": {"min_neighbors": 5}})"));
    return std::move(*json);
}

TuningOrder orderOf(const Request &request, const std::string &run, std::string cause)
{
    TuningOrder order{askedBy(request), std::move(cause), {}};
    const auto condition = request.headers.find("if-match");
    if (condition != request.headers.end())
        order.condition = [list = condition->second, run](std::uint32_t revision) {
            return names(list, etag(revision, run));
        };
    return order;
}

Response invalidAnswer(const std::vector<Problem> &problems)
{
    Json list = Json::array();
    for (const Problem &problem : problems)
        list.push_back({{"key", problem.key},
                        {"message", problem.message},
                        {"limits", problem.limits}});
    const std::string first
        = problems.empty() ? "the values cannot be taken" : describe(problems.front());
    const Json error{{"code", "invalid_values"},
                     {"message", first},
                     {"advice", "nothing was changed; see problems, and /api/v1/schema"},
                     {"problems", std::move(list)}};
    return Response::json(422, jsonText(Json{{"error", error}}));
}

Response answerOf(const TuningControl::Outcome &outcome, const ControlSources &sources)
{
    if (!outcome)
        return refusal(outcome.error());
    const AnalysisState analysis = sources.analysis();
    const Json answer{{"revision", outcome->revision},
                      {"in_effect", analysis.revision},
                      {"analysed", analysis.analysed},
                      {"persisted", outcome->persisted},
                      {"keep_error", outcome->keepError},
                      {"values", valuesJson(outcome->config, Applies::NextFrame)}};
    Response response = Response::json(200, jsonText(answer));
    response.headers = {{"ETag", etag(outcome->revision, sources.run)}};
    return response;
}

} // namespace facetrack

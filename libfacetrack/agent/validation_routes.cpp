#include "libfacetrack/agent/control_routes.h"

#include "libfacetrack/agent/access.h"
#include "libfacetrack/agent/validations.h"
#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/config/patch.h"

namespace facetrack {

namespace {

using http::Request;
using http::Response;
using Json = nlohmann::ordered_json;

constexpr std::int64_t LongestSpan = 24LL * 3600 * 1000;
constexpr std::int64_t LatestTime = 253'402'300'799'000; // the year 9999
constexpr std::int64_t MostCounted = 1'000'000;
constexpr std::size_t LongestNote = 500;

Response wrong(const std::string &what)
{
    return Response::error(400, "invalid_argument", what,
                           R"(such as {"from_ms": 1777885200000, "to_ms": 1777885500000, "count": 12})");
}

bool holdsWhole(const nlohmann::json &body, const char *key, std::int64_t most)
{
    return body.contains(key) && body[key].is_number_unsigned()
           && body[key].get<std::uint64_t>() <= static_cast<std::uint64_t>(most);
}

/// The count in the body, or why it is none.
tl::expected<Validation, Response> validationFrom(const nlohmann::json &body)
{
    for (const auto &[key, unused] : body.items())
        if (key != "from_ms" && key != "to_ms" && key != "count" && key != "note")
            return tl::unexpected(wrong("there is no such member as \"" + key.substr(0, 40) + "\""));
    if (!holdsWhole(body, "from_ms", LatestTime) || !holdsWhole(body, "to_ms", LatestTime)
        || !holdsWhole(body, "count", MostCounted))
        return tl::unexpected(wrong("from_ms, to_ms and count are whole numbers, count to a million"));
    const bool noted = body.contains("note");
    if (noted && (!body["note"].is_string() || body["note"].get<std::string>().size() > LongestNote))
        return tl::unexpected(wrong("a note is text of at most 500 bytes"));
    Validation validation;
    validation.from = UtcTime(body["from_ms"].get<std::int64_t>());
    validation.to = UtcTime(body["to_ms"].get<std::int64_t>());
    validation.count = body["count"].get<std::int64_t>();
    validation.note = noted ? body["note"].get<std::string>() : std::string();
    const std::int64_t span = (validation.to - validation.from).count();
    if (span <= 0 || span > LongestSpan)
        return tl::unexpected(wrong("the span is not between a moment and a day long"));
    return validation;
}

/// Visits of the whole picture that began in the span.
Result<std::int64_t> visitsIn(const Journal &journal, const Validation &span, std::stop_token stop)
{
    constexpr std::size_t page = 5000;
    std::int64_t visits = 0;
    std::int64_t after = 0;
    while (!stop.stop_requested()) {
        const auto found
            = journal.between(RecordType::Visit, span.from, span.to, after, page);
        if (!found)
            return tl::unexpected(found.error());
        for (const StoredRecord &stored : *found) {
            const auto visit = decodeVisit(stored.record);
            visits += visit && visit->zone.empty();
            after = stored.position;
        }
        if (found->size() < page)
            break;
    }
    return visits;
}

Json toJson(const Validation &one, std::int64_t visits)
{
    const VisitAccuracy accuracy = visitAccuracy(visits, one.count);
    return {{"from", isoTime(one.from)},   {"to", isoTime(one.to)},
            {"count", one.count},          {"visits", visits},
            {"recall", accuracy.recall},   {"precision", accuracy.precision},
            {"note", one.note},            {"run", one.run},
            {"revision", one.revision},    {"saved", isoTime(one.saved)}};
}

Response failed(const Error &error)
{
    return Response::error(error.code == ErrorCode::Full ? 507 : 500, errorCodeName(error.code),
                           describe(error), error.advice);
}

Response list(const ValidationSources &sources, std::stop_token stop)
{
    Json all = Json::array();
    for (const Validation &one : sources.validations.all()) {
        const auto visits = visitsIn(sources.journal, one, stop);
        if (!visits)
            return failed(visits.error());
        all.push_back(toJson(one, *visits));
    }
    return Response::json(200, jsonText(Json{{"validations", std::move(all)}}));
}

Response add(const Request &request, const ValidationSources &sources, std::stop_token stop)
{
    const auto body = jsonBody(request);
    if (!body)
        return body.error();
    auto validation = validationFrom(*body);
    if (!validation)
        return validation.error();
    validation->run = sources.run;
    validation->revision = sources.revision();
    validation->saved = sources.clock.utc();
    const auto visits = visitsIn(sources.journal, *validation, stop);
    if (!visits)
        return failed(visits.error());
    const std::string answer = jsonText(toJson(*validation, *visits));
    const auto stored = sources.validations.add(std::move(*validation));
    return stored ? Response::json(201, answer) : failed(stored.error());
}

} // namespace

void addValidationRoutes(http::Server &server, const ValidationSources &sources)
{
    server.route("GET", "/api/v1/validation",
                 http::answerOn(sources.worker, [sources](const Request &request, std::stop_token stop) {
                     return mayChange(request) ? list(sources, stop) : onlyForOwners();
                 }));
    server.route("POST", "/api/v1/validation",
                 http::answerOn(sources.worker,
                                [sources](const Request &request, std::stop_token stop) {
                                    return add(request, sources, stop);
                                }));
}

} // namespace facetrack

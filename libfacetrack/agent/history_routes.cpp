#include "libfacetrack/agent/history_routes.h"

#include "libfacetrack/agent/history_query.h"
#include "libfacetrack/analytics/answer_json.h"
#include "libfacetrack/analytics/journal_history.h"
#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/base/json_text.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using http::Request;
using http::Response;
using Json = nlohmann::ordered_json;

Response refusal(const Error &error)
{
    const int status = error.code == ErrorCode::InvalidArgument ? 400
                       : error.code == ErrorCode::Unavailable   ? 503
                                                                : 500;
    return Response::error(status, errorCodeName(error.code), describe(error), error.advice);
}

Json toJson(const Track &face)
{
    const auto rounded = [](float value) {
        return static_cast<double>(std::lround(value * 1e4F)) / 1e4;
    };
    return {{"track", face.id},         {"x", rounded(face.box.x)}, {"y", rounded(face.box.y)},
            {"w", rounded(face.box.w)}, {"h", rounded(face.box.h)}, {"score", rounded(face.score)}};
}

void appendLine(std::string &lines, const StoredRecord &stored, const Observation &seen)
{
    Json faces = Json::array();
    for (const Track &face : seen.faces)
        faces.push_back(toJson(face));
    lines += jsonText(Json{{"position", stored.position},
                   {"agent", stored.record.agent},
                   {"run", stored.record.run},
                   {"sequence", seen.sequence},
                   {"time", isoTime(seen.time)},
                   {"clock_trusted", seen.clockTrusted},
                   {"revision", seen.revision},
                   {"width", seen.frame.width},
                   {"height", seen.frame.height},
                   {"faces", std::move(faces)}})
             + "\n";
}

Response observations(const Request &request, const Journal &journal, UtcTime now)
{
    constexpr std::chrono::hours longest{24 * 366 * 300}; // any: what is read is bounded by limit
    const auto query = parseHistoryQuery(request, now, longest);
    if (!query)
        return refusal(query.error());
    const auto after = numberIn(request, "after", 0, 0, std::numeric_limits<std::int64_t>::max());
    const auto limit = numberIn(request, "limit", 1000, 1, 10'000);
    if (!after || !limit)
        return refusal(after ? limit.error() : after.error());
    const auto found = journal.between(RecordType::Observation, query->from, query->to, *after,
                                       static_cast<std::size_t>(*limit));
    if (!found)
        return refusal(found.error());
    std::string lines;
    for (const StoredRecord &stored : *found) {
        const auto seen = decodeObservation(stored.record);
        if (seen && (query->agent.empty() || query->agent == stored.record.agent))
            appendLine(lines, stored, *seen);
    }
    Response response = Response::text(200, std::move(lines));
    response.contentType = "application/x-ndjson";
    if (found->size() == static_cast<std::size_t>(*limit))
        response.headers = {{"X-Next-After", std::to_string(found->back().position)}};
    return response;
}

/// What is not known is null: no data is never told as no faces.
Json toJson(const Figures &figures)
{
    const bool known = figures.hasData();
    return {{"minutes", figures.minutes},
            {"seconds", figures.seconds},
            {"observations", figures.observations},
            {"face_detections", known ? Json(figures.detections) : Json()},
            {"mean_faces", known ? Json(figures.meanFaces()) : Json()},
            {"visits", known || figures.visits > 0 ? Json(figures.visits) : Json()},
            {"simulated", figures.simulated}};
}

std::string isoMinute(Minute minute)
{
    return isoTime(UtcTime(minute * 60'000));
}

Json with(Json first, const Json &more)
{
    first.update(more);
    return first;
}

Json minutesJson(const Counts &counts, const LocalTime &local)
{
    Json rows = Json::array();
    for (const StretchFigures &entry : series(counts))
        rows.push_back(with({{"time", isoMinute(entry.begin)}, {"local", local.text(entry.begin)}},
                            toJson(entry.figures)));
    return rows;
}

Json agentsJson(const Counts &counts, const LocalTime &)
{
    Json rows = Json::array();
    for (const auto &[agent, figures] : byAgent(counts))
        rows.push_back(with({{"agent", agent}}, toJson(figures)));
    return rows;
}

Json hoursJson(const Counts &counts, const LocalTime &local)
{
    Json rows = Json::array();
    int hour = 0;
    for (const Figures &figures : byHourOfDay(counts, local)) {
        Json row = with({{"hour", hour++}}, toJson(figures));
        // Hours that were watched for longer must not look busier.
        row["visits_per_hour"] = figures.hasData() ? Json(60.0 * static_cast<double>(figures.visits)
                                                          / static_cast<double>(figures.minutes))
                                                   : Json();
        rows.push_back(std::move(row));
    }
    return rows;
}

Json totalsJson(const Counts &counts, const LocalTime &)
{
    return Json::array({toJson(totals(counts))});
}

Json coverageJson(const Counts &counts, const LocalTime &local)
{
    Json rows = Json::array();
    for (const DayCoverage &day : coverage(counts, local))
        rows.push_back({{"date", day.date.toString(Qt::ISODate).toStdString()},
                        {"minutes", day.minutes},
                        {"covered", day.covered},
                        {"share", static_cast<double>(day.covered)
                                      / static_cast<double>(day.minutes)},
                        {"seconds", day.seconds}});
    return rows;
}

struct Question
{
    const char *name;
    std::chrono::hours longest;
    Json (*rows)(const Counts &, const LocalTime &);
};

constexpr std::chrono::hours days(int count)
{
    return std::chrono::hours(24 * count);
}

constexpr Question questions[] = {
    {"per-minute", days(8), minutesJson},   {"by-agent", days(100), agentsJson},
    {"busiest-hours", days(100), hoursJson}, {"totals", days(100), totalsJson},
    {"coverage", days(100), coverageJson},
};

HistoryScope scopeOf(const HistoryQuery &query)
{
    HistoryScope scope{query.span(), {}};
    if (!query.agent.empty())
        scope.agents.push_back(query.agent);
    return scope;
}

Response analytics(const Request &request, const Question &question, const Journal &journal,
                   UtcTime now, std::stop_token stop)
{
    const auto query = parseHistoryQuery(request, now, question.longest);
    if (!query)
        return refusal(query.error());
    const auto counts = countJournal(journal, scopeOf(*query), 1, stop);
    if (!counts)
        return refusal(counts.error());
    Json answer{{"from", isoMinute(counts->span.from)},
                {"to", isoMinute(counts->span.to)},
                {"tz", query->local.zone()},
                {"rows", question.rows(*counts, query->local)}};
    if (question.rows == coverageJson) {
        constexpr std::size_t mostGaps = 1000;
        Json list = Json::array();
        for (const Span &gap : gaps(*counts, mostGaps))
            list.push_back({{"from", isoMinute(gap.from)}, {"to", isoMinute(gap.to)}});
        answer["gaps"] = std::move(list);
    }
    return Response::json(200, jsonText(answer));
}

template<typename T>
Response answer(const Result<T> &found, nlohmann::json (*json)(const T &))
{
    return found ? Response::json(200, jsonText(json(*found))) : refusal(found.error());
}

/// Answers for programs, which sum up and draw themselves: analytics/history.h.
Response forPrograms(const Request &request, const std::string &what, const Journal &journal,
                     UtcTime now, std::stop_token stop)
{
    const auto query = parseHistoryQuery(request, now, days(100));
    const auto step = numberIn(request, "step", 1, 1, 24 * 60);
    if (!query || !step)
        return refusal(query ? step.error() : query.error());
    const HistoryScope scope = scopeOf(*query);
    if (what == "counts")
        return answer(countJournal(journal, scope, *step, stop), countsJson);
    if (what == "heat-map")
        return answer(heatMapOf(journal, scope), heatMapJson);
    if (what == "marks")
        return answer(marksOf(journal, scope), marksJson);
    const auto zone = request.query.find("zone");
    return answer(dwellOf(journal, scope, zone == request.query.end() ? std::string() : zone->second),
                  dwellJson);
}

void addForPrograms(http::Server &server, const Journal &journal, http::Worker &worker,
                    const Clock &clock)
{
    for (const char *name : {"counts", "heat-map", "dwell", "marks"})
        server.route("GET", std::string("/api/v1/analytics/") + name,
                     http::answerOn(worker, [&, name = std::string(name)](const Request &request,
                                                                          std::stop_token stop) {
                         return forPrograms(request, name, journal, clock.utc(), stop);
                     }));
}

} // namespace

void addHistoryRoutes(http::Server &server, const Journal &journal, http::Worker &worker,
                      const Clock &clock)
{
    server.route("GET", "/api/v1/observations",
                 http::answerOn(worker, [&](const Request &request, std::stop_token) {
                     return observations(request, journal, clock.utc());
                 }));
    for (const Question &question : questions)
        server.route("GET", std::string("/api/v1/analytics/") + question.name,
                     http::answerOn(worker, [&](const Request &request, std::stop_token stop) {
                         return analytics(request, question, journal, clock.utc(), stop);
                     }));
    addForPrograms(server, journal, worker, clock);
}

} // namespace facetrack

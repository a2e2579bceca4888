#include "libfacetrack/analytics/crate_rollup.h"

#include "libfacetrack/analytics/crate_questions.h"
#include "libfacetrack/base/iso_time.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::json;
constexpr std::int64_t hourMs = 3'600'000;

/// Rows by hour and agent.
using Hours = std::map<std::int64_t, std::map<std::string, std::int64_t>>;

Result<Hours> askHours(cratedb::Client &client, const CrateQuestion &question)
{
    const auto answer = client.ask(question.statement, question.arguments);
    if (!answer)
        return tl::unexpected(answer.error());
    Hours hours;
    try {
        for (const Json &row : answer->at("rows"))
            hours[row.at(1).get<std::int64_t>()][row.at(0).get<std::string>()]
                = row.at(2).get<std::int64_t>();
    } catch (const Json::exception &) {
        return fail(ErrorCode::Internal, "database", "the answer is not of the kind asked for");
    }
    return hours;
}

Result<void> tellDatabase(cratedb::Client &client, const CrateQuestion &question)
{
    const auto answer = client.ask(question.statement, question.arguments);
    if (!answer)
        return tl::unexpected(answer.error());
    return {};
}

Result<void> sumHour(cratedb::Client &client, const CrateQuestions &questions, std::int64_t hour,
                     const std::map<std::string, std::int64_t> &rows)
{
    auto done = tellDatabase(client, questions.sumMinutes(hour, hour + hourMs));
    if (done)
        done = tellDatabase(client, questions.sumPlaces(hour, hour + hourMs));
    // Whoever sees that the hour is summed up must see the sums.
    if (done)
        done = tellDatabase(client, {questions.refresh(), Json::array()});
    for (const auto &[agent, count] : rows) {
        if (done)
            done = tellDatabase(client, questions.noteRollup(agent, hour, count));
    }
    return done;
}

} // namespace

Result<RollupDone> rollUp(cratedb::Client &client, const std::string &schema, UtcTime now,
                          std::chrono::hours reach,
                          const std::function<void(const std::string &)> &tell)
{
    const CrateQuestions questions(schema);
    // Not the hour that ended just now: agents upload in bulks.
    constexpr std::int64_t grace = 60'000;
    const std::int64_t end = (now.count() - grace) / hourMs * hourMs;
    const std::int64_t begin
        = reach.count() == 0 ? 0 : std::max<std::int64_t>(0, end - reach.count() * hourMs);
    if (auto seen = tellDatabase(client, {questions.refreshRows(), Json::array()}); !seen)
        return tl::unexpected(seen.error());
    const auto rows = askHours(client, questions.hoursOfRows(begin, end));
    if (!rows)
        return tl::unexpected(rows.error());
    const auto sums = askHours(client, questions.hoursOfSums(begin, end));
    if (!sums)
        return tl::unexpected(sums.error());
    RollupDone done;
    for (const auto &[hour, agents] : *rows) {
        const auto known = sums->find(hour);
        const bool isNew = known == sums->end();
        if (!isNew && known->second == agents)
            continue;
        if (auto summed = sumHour(client, questions, hour, agents); !summed)
            return tl::unexpected(summed.error());
        ++done.hours;
        done.late += isNew ? 0 : 1;
        tell(isoTime(UtcTime(hour)) + (isNew ? "" : " once more: rows came late"));
    }
    if (auto seen = tellDatabase(client, {questions.refresh(), Json::array()}); !seen)
        return tl::unexpected(seen.error());
    return done;
}

} // namespace facetrack

#include "libfacetrack/analytics/crate_history.h"

#include "libfacetrack/analytics/crate_questions.h"
#include "libfacetrack/analytics/later.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace facetrack {

namespace {

using Json = nlohmann::json;
using Rows = Result<Json>; ///< the array of rows

constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t hourMs = 60 * minuteMs;

Rows rowsOf(const cratedb::SqlResult &result)
{
    if (result.meaning.verdict != cratedb::Verdict::Done)
        return tl::unexpected(result.meaning.error);
    const Json json = Json::parse(result.body.begin(), result.body.end(), nullptr, false);
    if (!json.is_object() || !json.contains("rows") || !json["rows"].is_array())
        return fail(ErrorCode::Internal, result.meaning.error.where, "the answer is no table");
    return json["rows"];
}

/// Null is nothing: sums over no rows.
std::uint64_t numberAt(const Json &row, std::size_t at)
{
    return row.at(at).is_null() ? 0 : row.at(at).get<std::uint64_t>();
}

std::string textAt(const Json &row, std::size_t at)
{
    return row.at(at).is_null() ? std::string() : row.at(at).get<std::string>();
}

void addCounts(const Json &rows, Counts &to)
{
    for (const Json &row : rows) {
        Figures figures;
        figures.minutes = numberAt(row, 2);
        figures.seconds = numberAt(row, 3);
        figures.observations = numberAt(row, 4);
        figures.detections = numberAt(row, 5);
        figures.millionths = numberAt(row, 6);
        figures.simulated = numberAt(row, 7);
        to.stretches[row.at(1).get<std::int64_t>() / minuteMs][textAt(row, 0)] += figures;
    }
}

void addVisits(const Json &rows, Counts &to)
{
    for (const Json &row : rows)
        to.stretches[row.at(1).get<std::int64_t>() / minuteMs][textAt(row, 0)].visits
            += numberAt(row, 2);
}

void addPlaces(const Json &rows, HeatMap &to)
{
    for (const Json &row : rows) {
        const auto cell = row.at(1).get<std::int64_t>();
        if (cell < 0 || cell >= HeatGrid::cells)
            continue;
        auto &cells = to[textAt(row, 0)];
        cells.resize(HeatGrid::cells);
        cells[static_cast<std::size_t>(cell)] += numberAt(row, 2);
    }
}

void addDwell(const Json &rows, DwellByAgent &to)
{
    for (const Json &row : rows) {
        DwellTimes &times = to[textAt(row, 0)];
        times.visits[row.at(1).get<std::int64_t>()] += numberAt(row, 2);
        times.milliseconds += numberAt(row, 3);
    }
}

void addMarks(const Json &rows, std::vector<TuningMark> &to)
{
    for (const Json &row : rows)
        to.push_back({UtcTime(row.at(0).get<std::int64_t>()), textAt(row, 1),
                      static_cast<std::uint32_t>(numberAt(row, 2)), textAt(row, 3), textAt(row, 4),
                      textAt(row, 5), textAt(row, 6)});
    putInOrder(to);
}

/// The part of the scope before (or from) a time.
HistoryScope before(HistoryScope scope, Minute end)
{
    scope.span.to = std::min(scope.span.to, end);
    return scope;
}
HistoryScope from(HistoryScope scope, Minute begin)
{
    scope.span.from = std::max(scope.span.from, begin);
    return scope;
}

} // namespace

/// One answer that is made from the rows of several statements.
class CrateHistory::Asking
{
public:
    template<typename T>
    struct Answer
    {
        T value;
        std::size_t open = 0;
        bool failed = false;
        Done<T> done;
    };

    /// Asks all; each answer's rows go to its reader, and `done` is called once.
    template<typename T>
    struct Part
    {
        CrateQuestion question;
        void (*read)(const Json &rows, T &to);
    };
    template<typename T>
    static void ask(CrateHistory &history, T begin, std::vector<Part<T>> parts, QObject *context,
                    Done<T> done)
    {
        auto answer = std::make_shared<Answer<T>>(
            Answer<T>{std::move(begin), parts.size(), false, std::move(done)});
        for (Part<T> &part : parts) {
            const auto read = part.read;
            history.send(part.question, context, [answer, read](Rows rows) {
                if (answer->failed)
                    return;
                if (auto fits = take(*answer, rows, read); !fits) {
                    answer->failed = true;
                    answer->done(tl::unexpected(fits.error()));
                } else if (--answer->open == 0) {
                    answer->done(std::move(answer->value));
                }
            });
        }
    }

private:
    template<typename T>
    static Result<void> take(Answer<T> &answer, const Rows &rows, void (*read)(const Json &, T &))
    {
        if (!rows)
            return tl::unexpected(rows.error());
        try {
            read(*rows, answer.value);
        } catch (const Json::exception &) {
            return fail(ErrorCode::Internal, "database", "the answer is not of the kind asked for");
        }
        return {};
    }
};

CrateHistory::CrateHistory(std::unique_ptr<cratedb::Client> client, const std::string &schema,
                           From from)
    : m_questions(std::make_unique<CrateQuestions>(schema)), m_from(from),
      m_client(std::move(client))
{
}

CrateHistory::~CrateHistory() = default;

Result<std::unique_ptr<History>> CrateHistory::open(const net::EndpointSettings &servers,
                                                    const std::string &schema)
{
    auto client = cratedb::Client::make(servers);
    if (!client)
        return tl::unexpected(client.error());
    return std::make_unique<CrateHistory>(std::move(*client), schema);
}

void CrateHistory::send(const CrateQuestion &question, QObject *context,
                        std::function<void(Result<Json>)> done)
{
    const Json body{{"stmt", question.statement}, {"args", question.arguments}};
    m_client->send(QByteArray::fromStdString(body.dump()),
                   [listener = QPointer<QObject>(context), guarded = context != nullptr,
                    done = std::move(done)](const cratedb::SqlResult &result) {
                       if (!guarded || listener)
                           done(rowsOf(result));
                   });
}

void CrateHistory::askSummedUp(QObject *context, std::function<void(Result<Minute>)> done)
{
    if (m_from == From::Rows)
        return answerLater(&m_later, context, std::move(done), Result<Minute>(0));
    send(m_questions->lastRollup(), context, [done = std::move(done)](const Rows &rows) {
        if (!rows)
            return done(tl::unexpected(rows.error()));
        const bool none = rows->empty() || !rows->at(0).is_array() || rows->at(0).empty()
                          || !rows->at(0).at(0).is_number_integer();
        done(none ? Minute{0} : (rows->at(0).at(0).get<std::int64_t>() + hourMs) / minuteMs);
    });
}

void CrateHistory::counts(const HistoryScope &scope, Minute step, QObject *context,
                          Done<Counts> done)
{
    if (auto fits = checkQuestion(scope, step); !fits)
        return answerLater(&m_later, context, std::move(done), Result<Counts>(tl::unexpected(fits.error())));
    askSummedUp(context, [this, scope, step, context, done = std::move(done)](Result<Minute> until) {
        if (!until)
            return done(tl::unexpected(until.error()));
        std::vector<Asking::Part<Counts>> parts{{m_questions->visits(scope, scope.span.from, step), addVisits}};
        if (scope.span.from < *until)
            parts.push_back({m_questions->countsFromSums(before(scope, *until), scope.span.from, step), addCounts});
        if (*until < scope.span.to)
            parts.push_back({m_questions->countsFromRows(from(scope, *until), scope.span.from, step),
                             addCounts});
        Asking::ask(*this, Counts{scope.span, step, {}}, std::move(parts), context, done);
    });
}

void CrateHistory::heatMap(const HistoryScope &scope, QObject *context, Done<HeatMap> done)
{
    if (auto fits = checkQuestion(scope); !fits)
        return answerLater(&m_later, context, std::move(done), Result<HeatMap>(tl::unexpected(fits.error())));
    askSummedUp(context, [this, scope, context, done = std::move(done)](Result<Minute> until) {
        if (!until)
            return done(tl::unexpected(until.error()));
        std::vector<Asking::Part<HeatMap>> parts;
        if (scope.span.from < *until)
            parts.push_back({m_questions->placesFromSums(before(scope, *until)), addPlaces});
        if (*until < scope.span.to)
            parts.push_back({m_questions->placesFromRows(from(scope, *until)), addPlaces});
        Asking::ask(*this, HeatMap{}, std::move(parts), context, done);
    });
}

void CrateHistory::dwell(const HistoryScope &scope, const std::string &zone, QObject *context,
                         Done<DwellByAgent> done)
{
    if (auto fits = checkQuestion(scope); !fits)
        return answerLater(&m_later, context, std::move(done),
                           Result<DwellByAgent>(tl::unexpected(fits.error())));
    Asking::ask<DwellByAgent>(*this, {}, {{m_questions->dwell(scope, zone), addDwell}}, context,
                              std::move(done));
}

void CrateHistory::marks(const HistoryScope &scope, QObject *context,
                         Done<std::vector<TuningMark>> done)
{
    if (auto fits = checkQuestion(scope); !fits)
        return answerLater(&m_later, context, std::move(done),
                           Result<std::vector<TuningMark>>(tl::unexpected(fits.error())));
    Asking::ask<std::vector<TuningMark>>(*this, {}, {{m_questions->marks(scope), addMarks}}, context,
                                         std::move(done));
}

void CrateHistory::checkedCounts(const HistoryScope &, QObject *context,
                                 Done<std::vector<CheckedCount>> done)
{
    answerLater(&m_later, context, std::move(done), Result<std::vector<CheckedCount>>{});
}

} // namespace facetrack

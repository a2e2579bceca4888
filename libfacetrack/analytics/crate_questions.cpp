#include "libfacetrack/analytics/crate_questions.h"

#include "libfacetrack/store/crate_tables.h"

#include <utility>

namespace facetrack {

namespace {

constexpr std::int64_t minuteMs = 60'000;

// Whole numbers, rounded as Figures::meanOfMinute() does: BIGINT is divided without a rest.
constexpr const char *meanMillionths = "(faces * 1000000 + observations / 2) / observations";
// The cell of a face's middle, as HeatGrid::cell() says. Rows hold fractions of 1/10000 as REAL;
// round() brings back the whole number.
constexpr const char *cellOfFace
    = "greatest(0, least(19999, 2 * round(y * 10000) + round(h * 10000))) * 18 / 20000 * 32"
      " + greatest(0, least(19999, 2 * round(x * 10000) + round(w * 10000))) * 32 / 20000";

static_assert(HeatGrid::columns == 32 && HeatGrid::rows == 18 && HeatGrid::units == 10'000);

/// " WHERE ts >= ? AND ts < ?", with the agents where some are named.
std::string within(std::int64_t from, std::int64_t to, const std::vector<std::string> &agents,
                   nlohmann::json &arguments)
{
    arguments.push_back(from);
    arguments.push_back(to);
    if (agents.empty())
        return " WHERE ts >= ? AND ts < ?";
    arguments.push_back(agents);
    return " WHERE ts >= ? AND ts < ? AND agent = ANY(?)";
}

std::string within(const HistoryScope &scope, nlohmann::json &arguments)
{
    return within(scope.span.from * minuteMs, scope.span.to * minuteMs, scope.agents, arguments);
}

std::string withinQuarters(const HistoryScope &scope, nlohmann::json &arguments)
{
    constexpr std::int64_t quarterMs = 15 * minuteMs;
    const Quarters quarters = quartersOf(scope.span);
    return within(quarters.from * quarterMs, quarters.to * quarterMs, scope.agents, arguments);
}

/// The begin of the stretch in which `ts` lies.
std::string stretchOf(Minute origin, Minute step)
{
    return "date_bin('" + std::to_string(step) + " minutes'::INTERVAL, ts, "
           + std::to_string(origin * minuteMs) + ")";
}

std::string sumsByMinute(const std::string &observations, const std::string &where)
{
    return "SELECT agent, date_trunc('minute', ts) AS ts, count(*) AS observations,"
           " sum(face_count) AS faces, count(DISTINCT date_trunc('second', ts)) AS seconds,"
           " sum(CASE WHEN simulated THEN 1 ELSE 0 END) AS simulated FROM "
           + observations + where + " GROUP BY 1, 2";
}

std::string facesByCell(const std::string &observations, const std::string &where)
{
    return "SELECT agent, ts, " + std::string(cellOfFace)
           + " AS cell FROM (SELECT agent, date_bin('15 minutes'::INTERVAL, ts, 0) AS ts,"
             // Functions that make rows go side by side in a select list.
             " unnest(faces['x']) AS x, unnest(faces['y']) AS y, unnest(faces['w']) AS w,"
             " unnest(faces['h']) AS h FROM "
           + observations + where + " AND face_count > 0) f";
}

std::string sumStretches(const std::string &minutes, Minute origin, Minute step)
{
    return "SELECT agent, " + stretchOf(origin, step)
           + " AS stretch, count(*), sum(seconds), sum(observations), sum(faces), sum("
           + meanMillionths + "), sum(simulated) FROM " + minutes;
}

} // namespace

CrateQuestions::CrateQuestions(const std::string &schema)
{
    const std::string prefix = quotedName(schema) + ".";
    m_observations = prefix + "observations";
    m_visits = prefix + "visits";
    m_changes = prefix + "tuning_changes";
    m_minutes = prefix + "minutes";
    m_places = prefix + "places";
    m_rollups = prefix + "rollups";
}

CrateQuestion CrateQuestions::lastRollup() const
{
    return {"SELECT max(ts) FROM " + m_rollups, nlohmann::json::array()};
}

CrateQuestion CrateQuestions::countsFromSums(const HistoryScope &scope, Minute origin,
                                 Minute step) const
{
    CrateQuestion question;
    question.statement = sumStretches(m_minutes, origin, step) + within(scope, question.arguments)
                         + " GROUP BY 1, 2";
    return question;
}

CrateQuestion CrateQuestions::countsFromRows(const HistoryScope &scope, Minute origin,
                                 Minute step) const
{
    CrateQuestion question;
    const std::string minutes = sumsByMinute(m_observations, within(scope, question.arguments));
    question.statement = sumStretches("(" + minutes + ") m", origin, step) + " GROUP BY 1, 2";
    return question;
}

CrateQuestion CrateQuestions::visits(const HistoryScope &scope, Minute origin,
                                 Minute step) const
{
    CrateQuestion question;
    question.statement = "SELECT agent, " + stretchOf(origin, step)
                         + " AS stretch, count(*) FROM " + m_visits
                         + within(scope, question.arguments) + " AND zone = '' GROUP BY 1, 2";
    return question;
}

CrateQuestion CrateQuestions::placesFromSums(const HistoryScope &scope) const
{
    CrateQuestion question;
    question.statement = "SELECT agent, cell, sum(faces) FROM " + m_places
                         + withinQuarters(scope, question.arguments) + " GROUP BY 1, 2";
    return question;
}

CrateQuestion CrateQuestions::placesFromRows(const HistoryScope &scope) const
{
    CrateQuestion question;
    question.statement
        = "SELECT agent, cell, count(*) FROM ("
          + facesByCell(m_observations, withinQuarters(scope, question.arguments))
          + ") c GROUP BY 1, 2";
    return question;
}

CrateQuestion CrateQuestions::dwell(const HistoryScope &scope, const std::string &zone) const
{
    CrateQuestion question;
    question.statement = "SELECT agent, least(dwell_ms / 1000, 86400) AS lasted, count(*),"
                         " sum(dwell_ms) FROM "
                         + m_visits + within(scope, question.arguments)
                         + " AND zone = ? GROUP BY 1, 2";
    question.arguments.push_back(zone);
    return question;
}

CrateQuestion CrateQuestions::marks(const HistoryScope &scope) const
{
    CrateQuestion question;
    question.statement = "SELECT ts, agent, revision, who, parameter, old_value, new_value FROM "
                         + m_changes + within(scope, question.arguments)
                         + " ORDER BY ts, agent, seq LIMIT "
                         + std::to_string(History::mostMarks);
    return question;
}

CrateQuestion CrateQuestions::hoursOfRows(std::int64_t from, std::int64_t to) const
{
    CrateQuestion question;
    question.statement = "SELECT agent, date_trunc('hour', ts) AS begun, count(*) FROM "
                         + m_observations + within(from, to, {}, question.arguments)
                         + " GROUP BY 1, 2";
    return question;
}

CrateQuestion CrateQuestions::hoursOfSums(std::int64_t from, std::int64_t to) const
{
    CrateQuestion question;
    question.statement = "SELECT agent, ts, observations FROM " + m_rollups
                         + within(from, to, {}, question.arguments);
    return question;
}

CrateQuestion CrateQuestions::sumMinutes(std::int64_t from, std::int64_t to) const
{
    CrateQuestion question;
    question.statement = "INSERT INTO " + m_minutes
                         + " (agent, ts, observations, faces, seconds, simulated) ("
                         + sumsByMinute(m_observations, within(from, to, {}, question.arguments))
                         + ") ON CONFLICT (agent, ts, \"month\") DO UPDATE SET"
                           " observations = excluded.observations, faces = excluded.faces,"
                           " seconds = excluded.seconds, simulated = excluded.simulated";
    return question;
}

CrateQuestion CrateQuestions::sumPlaces(std::int64_t from, std::int64_t to) const
{
    CrateQuestion question;
    question.statement = "INSERT INTO " + m_places
                         + " (agent, ts, cell, faces) (SELECT agent, ts, cell, count(*) FROM ("
                         + facesByCell(m_observations, within(from, to, {}, question.arguments))
                         + ") c GROUP BY 1, 2, 3) ON CONFLICT (agent, ts, cell, \"month\")"
                           " DO UPDATE SET faces = excluded.faces";
    return question;
}

CrateQuestion CrateQuestions::noteRollup(const std::string &agent, std::int64_t hour,
                                         std::int64_t rows) const
{
    return {"INSERT INTO " + m_rollups + " (agent, ts, observations) VALUES (?, ?, ?)"
                " ON CONFLICT (agent, ts, \"month\") DO UPDATE SET observations = excluded.observations",
            {agent, hour, rows}};
}

std::string CrateQuestions::refresh() const
{
    return "REFRESH TABLE " + m_minutes + ", " + m_places + ", " + m_rollups;
}

std::string CrateQuestions::refreshRows() const
{
    return "REFRESH TABLE " + m_observations + ", " + m_rollups;
}

} // namespace facetrack

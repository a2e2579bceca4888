#pragma once
#include "libfacetrack/analytics/history.h"

#include <nlohmann/json.hpp>
#include <string>

namespace facetrack {

/// A statement with its arguments.
struct CrateQuestion
{
    std::string statement;
    nlohmann::json arguments;
};

/// The questions in CrateDB's SQL, over the tables of one schema. Everything is summed up in the
/// database. Times are ms since 1970.
class CrateQuestions
{
public:
    explicit CrateQuestions(const std::string &schema);

    /// The last hour whose sums are kept, or null; one row.
    CrateQuestion lastRollup() const;

    // Stretches of `step` minutes, counted from `origin`.
    // agent, begin of the stretch, minutes, seconds, observations, faces, mean_millionths, simulated
    CrateQuestion countsFromSums(const HistoryScope &scope, Minute origin,
                                 Minute step) const;
    CrateQuestion countsFromRows(const HistoryScope &scope, Minute origin,
                                 Minute step) const;
    // agent, begin of the stretch, visits
    CrateQuestion visits(const HistoryScope &scope, Minute origin,
                                 Minute step) const;
    // agent, cell, faces; of whole quarters of an hour
    CrateQuestion placesFromSums(const HistoryScope &scope) const;
    CrateQuestion placesFromRows(const HistoryScope &scope) const;
    // agent, second, visits, milliseconds
    CrateQuestion dwell(const HistoryScope &scope, const std::string &zone) const;
    // ts, agent, revision, who, parameter, old, new
    CrateQuestion marks(const HistoryScope &scope) const;

    // The statements that keep the sums.

    /// Hours from…to with rows: agent, hour, rows.
    CrateQuestion hoursOfRows(std::int64_t from, std::int64_t to) const;
    /// The same as they were when they were summed up.
    CrateQuestion hoursOfSums(std::int64_t from, std::int64_t to) const;
    CrateQuestion sumMinutes(std::int64_t from, std::int64_t to) const;
    CrateQuestion sumPlaces(std::int64_t from, std::int64_t to) const;
    CrateQuestion noteRollup(const std::string &agent, std::int64_t hour, std::int64_t rows) const;
    std::string refresh() const;     ///< makes the sums visible
    std::string refreshRows() const; ///< makes rows visible that came just now

private:
    std::string m_observations, m_visits, m_changes, m_minutes, m_places, m_rollups;
};

} // namespace facetrack

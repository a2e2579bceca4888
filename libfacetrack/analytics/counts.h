#pragma once
#include "libfacetrack/analytics/figures.h"
#include "libfacetrack/analytics/local_time.h"
#include "libfacetrack/base/export.h"

#include <map>
#include <string>
#include <vector>

namespace facetrack {

/// The span asked about: from ≤ time < to, in whole minutes.
struct Span
{
    Minute from = 0;
    Minute to = 0;

    bool operator==(const Span &) const = default;
};

/// What is known about a span, by stretch of time and agent. Everything else is summed up from it.
/// Only stretches with data are there.
struct Counts
{
    Span span;
    Minute step = 1; ///< each stretch begins at span.from + n * step
    std::map<Minute, std::map<std::string, Figures>> stretches; ///< by the first minute of each

    bool operator==(const Counts &) const = default;
};

/// Figures of one stretch, with whether there is any data.
struct StretchFigures
{
    Minute begin = 0;
    Figures figures;
};
/// Every stretch of the span, those without data too, of all agents together.
FACETRACK_EXPORT std::vector<StretchFigures> series(const Counts &counts);
/// The same of one agent.
FACETRACK_EXPORT std::vector<StretchFigures> series(const Counts &counts, const std::string &agent);
/// The same counts in longer stretches: `step` is a multiple of theirs.
FACETRACK_EXPORT Counts coarser(const Counts &counts, Minute step);
/// Adds what another source, or another day, knows. Both have the same step; the span is widened.
FACETRACK_EXPORT void merge(Counts &to, const Counts &other);

FACETRACK_EXPORT std::map<std::string, Figures> byAgent(const Counts &counts);
FACETRACK_EXPORT Figures totals(const Counts &counts);

/// Figures of each hour of the clock, 0 to 23, over all days of the span; stretches are at most an
/// hour long and do not reach over its end. At the end of summer time one of them has the minutes
/// of two hours.
FACETRACK_EXPORT std::vector<Figures> byHourOfDay(const Counts &counts, const LocalTime &local);

/// One day, to be laid over another.
struct DayCurve
{
    QDate date;
    /// Index n: what the clock on the wall shows from n * step minutes after midnight, 1440 / step
    /// of them. When summer time ends some hold twice their time (see Figures::minutes), when it
    /// begins some hold nothing.
    std::vector<Figures> parts;
};
/// Days of the span, aligned by local time; `step` divides 1440 and is a multiple of the counts'.
FACETRACK_EXPORT std::vector<DayCurve> dayAgainstDay(const Counts &counts, const LocalTime &local,
                                                     Minute step);

/// How much of a day is known.
struct DayCoverage
{
    QDate date;
    Minute minutes = 0; ///< of the day that lie in the span
    Minute covered = 0; ///< of these, with data of at least one agent
    std::map<std::string, Minute> seconds; ///< with data, by agent; of 60 * minutes
};
/// Of counts by the minute.
FACETRACK_EXPORT std::vector<DayCoverage> coverage(const Counts &counts, const LocalTime &local);
/// Spans without data of any agent, oldest first; at most `most`. Of counts by the minute.
FACETRACK_EXPORT std::vector<Span> gaps(const Counts &counts, std::size_t most);
/// The same of one agent.
FACETRACK_EXPORT std::vector<Span> gaps(const Counts &counts, const std::string &agent,
                                        std::size_t most);

} // namespace facetrack

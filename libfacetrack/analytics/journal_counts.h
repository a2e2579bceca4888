#pragma once
#include "libfacetrack/analytics/figures.h"
#include "libfacetrack/analytics/local_time.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/journal.h"

#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace facetrack {

/// The span asked about: from ≤ time < to, in whole minutes.
struct Span
{
    Minute from = 0;
    Minute to = 0;
};

/// What a Journal says about a span, by minute and agent. Everything else is summed up from it.
/// Only minutes with data are there.
struct JournalCounts
{
    Span span;
    std::map<Minute, std::map<std::string, Figures>> minutes;
};

/// Reads them; `agent` empty takes all. Unavailable when `stop` was requested meanwhile.
FACETRACK_EXPORT Result<JournalCounts> countJournal(const Journal &journal, Span span,
                                                    const std::string &agent, std::stop_token stop);

/// Figures of one minute, with whether there is any data.
struct MinuteFigures
{
    Minute minute = 0;
    Figures figures;
};
/// Every minute of the span, those without data too.
FACETRACK_EXPORT std::vector<MinuteFigures> perMinute(const JournalCounts &counts);

FACETRACK_EXPORT std::map<std::string, Figures> byAgent(const JournalCounts &counts);
FACETRACK_EXPORT Figures totals(const JournalCounts &counts);

/// Figures of each hour of the clock, 0 to 23, over all days of the span. At the end of summer time
/// one of them has the minutes of two hours.
FACETRACK_EXPORT std::vector<Figures> byHourOfDay(const JournalCounts &counts,
                                                  const LocalTime &local);

/// How much of a day is known.
struct DayCoverage
{
    QDate date;
    Minute minutes = 0; ///< of the day that lie in the span
    Minute covered = 0; ///< of these, with data of at least one agent
};
FACETRACK_EXPORT std::vector<DayCoverage> coverage(const JournalCounts &counts,
                                                   const LocalTime &local);
/// Spans without data, oldest first; at most `most`.
FACETRACK_EXPORT std::vector<Span> gaps(const JournalCounts &counts, std::size_t most);

} // namespace facetrack

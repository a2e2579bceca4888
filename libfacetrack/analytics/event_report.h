#pragma once
#include "libfacetrack/analytics/event_plan.h"
#include "libfacetrack/analytics/history.h"

#include <optional>
#include <string>
#include <vector>

namespace facetrack {

/// Everything that a report about an event says, as one value: made once, then drawn, printed or
/// written. Only the plan's days and opening hours are in it.
struct FACETRACK_EXPORT EventReport
{
    /// One hour of one day, as the clock on the wall shows it.
    struct Hour
    {
        QDate date;
        int hour = 0; ///< 0 to 23
        Figures figures;
    };
    struct Day
    {
        QDate date;
        Span span; ///< its opening hours
        Figures figures;
    };
    /// A time in which an agent had no data: not one in which it saw nobody.
    struct Gap
    {
        std::string agent;
        Span span;
    };

    EventPlan plan;
    std::string zone;  ///< as resolved: "Europe/Berlin"
    UtcTime made{0};

    Figures total;
    std::map<std::string, Figures> agents;
    std::vector<Day> days;
    std::vector<Hour> hours;       ///< in order of time, those without data too
    Counts minutes;                ///< by the minute, over the opening hours of all days
    std::vector<DayCurve> curves;  ///< day against day by quarters of an hour
    HeatMap heatMap;               ///< of the quarters of an hour that the opening hours touch
    DwellByAgent dwell;
    std::vector<TuningMark> marks; ///< settings changes
    std::vector<CheckedCount> checked; ///< validation by hand
    std::vector<Gap> gaps;         ///< whole minutes without data, by agent and time; at most 1000
    std::vector<std::string> missing; ///< agents that were asked and did not answer

    bool isSimulated() const { return total.simulated > 0; }
    /// Minutes that the event was open, summed over days.
    Minute openMinutes() const;
    /// Seconds with data of those open, over all agents with any; 0 to 1.
    double coverage() const;
    double coverage(const std::string &agent) const;
};

/// Asks `history` for all of it. InvalidArgument for a plan without days or with an unknown zone; else
/// what the history fails with. Calls back as histories do; `history` must live until then.
FACETRACK_EXPORT void collectReport(History &history, const EventPlan &plan, UtcTime now,
                                    QObject *context, History::Done<EventReport> done);

/// A figure for the head of a report, in words.
struct KeyFigure
{
    std::string name;
    std::string value; ///< "no data" where there is none
    std::string about; ///< how it is made, one line
};
FACETRACK_EXPORT std::vector<KeyFigure> keyFigures(const EventReport &report);
/// The busiest hour: with most visits for each minute with data, among those half covered at least;
/// none without data.
FACETRACK_EXPORT std::optional<EventReport::Hour> busiestHour(const EventReport &report);

/// How it was counted, for the last page: a sentence each.
FACETRACK_EXPORT std::vector<std::string> howItWasCounted(const EventReport &report);

} // namespace facetrack

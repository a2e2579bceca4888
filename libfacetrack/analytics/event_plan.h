#pragma once
#include "libfacetrack/analytics/counts.h"
#include "libfacetrack/analytics/local_time.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <QDate>
#include <string>
#include <vector>

namespace facetrack {

/// Opening hours in minutes after midnight.
struct OpeningHours
{
    int opens = 0;
    int closes = 24 * 60;

    bool operator==(const OpeningHours &) const = default;
};
/// "09:00-18:00"; 24:00 is the end of the day. InvalidArgument for anything else.
FACETRACK_EXPORT Result<OpeningHours> parseHours(const std::string &text);
FACETRACK_EXPORT std::string hoursText(const OpeningHours &hours);

/// The days and hours that a report or a chart is about.
struct EventPlan
{
    std::vector<QDate> days; ///< in order
    OpeningHours hours;
    std::string zone; ///< "Europe/Berlin"
    std::vector<std::string> agents; ///< empty: all
};
/// What one day's hours are, in the place's own time.
FACETRACK_EXPORT Span spanOf(const QDate &day, const OpeningHours &hours, const LocalTime &local);
/// "2026-05-04", "2026-05-04..2026-05-06", or several with commas. InvalidArgument for anything else
/// and for more than 31 days.
FACETRACK_EXPORT Result<std::vector<QDate>> parseDays(const std::string &text);

} // namespace facetrack

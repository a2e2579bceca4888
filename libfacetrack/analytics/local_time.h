#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <QDate>
#include <QTimeZone>
#include <string>

namespace facetrack {

/// Minutes since 1970-01-01T00:00Z.
using Minute = std::int64_t;

/// A place's own time, with its summer time. Thread-bound.
class FACETRACK_EXPORT LocalTime
{
public:
    /// "Europe/Berlin", "UTC"; empty is this machine's own. InvalidArgument for an unknown one.
    static Result<LocalTime> of(const std::string &zone);

    std::string zone() const;
    QDate date(Minute minute) const;
    int hour(Minute minute) const; ///< 0 to 23, as the clock on the wall shows it
    int minuteOfDay(Minute minute) const; ///< 0 to 1439, likewise
    /// "2026-05-04T11:30+02:00"
    std::string text(Minute minute) const;
    /// First minute of that day; the day has 1380, 1440 or 1500 minutes (others in some places).
    Minute dayBegins(const QDate &date) const;
    /// When the clock on the wall shows that minute of the day (0 to 1440): the first time where
    /// there are two, the moment of the change where there is none.
    Minute at(const QDate &date, int minuteOfDay) const;

    /// A moment in a request: "2026-05-04T09:30:00Z", with another offset, without one (then in
    /// this zone), a date alone, or milliseconds since 1970. Years 1970 to 2200.
    Result<UtcTime> parse(const std::string &text) const;

private:
    explicit LocalTime(QTimeZone zone) : m_zone(std::move(zone)) {}
    Minute offset(Minute minute) const;

    QTimeZone m_zone;
    mutable Minute m_quarter = -1; ///< for which m_offset is known: it changes at quarters at most
    mutable Minute m_offset = 0;
};

} // namespace facetrack

#pragma once
#include "libfacetrack/analytics/event_report.h"

#include <QLocale>
#include <QString>

namespace facetrack::console {

/// Numbers, times and days of a report as people of the console's language write them. Times are
/// those of the event's place.
class ReportNumbers
{
public:
    explicit ReportNumbers(const std::string &zone);

    QString whole(std::uint64_t number) const; ///< "166,066"
    QString fixed(double number, int digits) const;
    QString percent(double share, int digits = 0) const; ///< of 0 to 1
    QString coverage(double share) const; ///< the same, rounded down: 100 % is all
    QString seconds(std::int64_t seconds) const;         ///< "45 s", "2 min 5 s"
    QString minutes(Minute minutes) const;               ///< "45 min", "2 h 5 min"
    QString day(const QDate &date) const;                ///< "Monday, 4 May 2026"
    QString shortDay(const QDate &date) const;           ///< "Mon 4 May"
    QString clock(int hour) const;                       ///< "14:00"
    QString moment(UtcTime time) const;                  ///< "Mon 4 May, 14:05"
    QString clock(Minute minute) const;                  ///< "14:05"
    QDateTime at(UtcTime time) const;
    const QLocale &locale() const { return m_locale; }

private:
    QLocale m_locale;
    QTimeZone m_zone;
};

} // namespace facetrack::console

#include "libfacetrack/analytics/event_plan.h"

#include <QString>
#include <QStringList>
#include <QTime>
#include <algorithm>
#include <cstdio>

namespace facetrack {

namespace {

constexpr int dayMinutes = 24 * 60;
constexpr std::size_t mostDays = 31;

/// "09:00" in minutes; -1 for anything else.
int minutesFrom(const QString &text)
{
    if (text == QStringLiteral("24:00"))
        return dayMinutes;
    const QTime time = QTime::fromString(text, QStringLiteral("HH:mm"));
    return time.isValid() ? time.hour() * 60 + time.minute() : -1;
}

} // namespace

Result<OpeningHours> parseHours(const std::string &text)
{
    const QStringList parts = QString::fromStdString(text).split(u'-');
    const OpeningHours hours{minutesFrom(parts.value(0)), minutesFrom(parts.value(1))};
    if (parts.size() != 2 || hours.opens < 0 || hours.closes <= hours.opens)
        return fail(ErrorCode::InvalidArgument, "hours", "\"" + text + "\" are no hours",
                    "such as 09:00-18:00");
    return hours;
}

std::string hoursText(const OpeningHours &hours)
{
    char text[32];
    std::snprintf(text, sizeof text, "%02d:%02d-%02d:%02d", hours.opens / 60, hours.opens % 60,
                  hours.closes / 60, hours.closes % 60);
    return text;
}

Span spanOf(const QDate &day, const OpeningHours &hours, const LocalTime &local)
{
    return {local.at(day, hours.opens), local.at(day, hours.closes)};
}

Result<std::vector<QDate>> parseDays(const std::string &text)
{
    const auto wrong = [&text] {
        return fail(ErrorCode::InvalidArgument, "days", "\"" + text + "\" are no days",
                    "such as 2026-05-04, or 2026-05-04..2026-05-06; at most 31");
    };
    std::vector<QDate> days;
    const QStringList parts = QString::fromStdString(text).split(u',');
    for (const QString &part : parts) {
        const QStringList ends = part.split(QStringLiteral(".."));
        const QDate first = QDate::fromString(ends.value(0), Qt::ISODate);
        const QDate last = QDate::fromString(ends.value(ends.size() - 1), Qt::ISODate);
        if (ends.size() > 2 || !first.isValid() || !last.isValid() || last < first
            || first.daysTo(last) >= static_cast<qint64>(mostDays))
            return wrong();
        for (QDate day = first; day <= last; day = day.addDays(1))
            days.push_back(day);
    }
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    if (days.size() > mostDays)
        return wrong();
    return days;
}

} // namespace facetrack

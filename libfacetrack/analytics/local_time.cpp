#include "libfacetrack/analytics/local_time.h"

#include <QDateTime>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace facetrack {

namespace {

constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t latestMs = 7'258'118'400'000; // 2200-01-01T00:00:00Z

constexpr Minute floorDivide(Minute value, Minute by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

} // namespace

Result<LocalTime> LocalTime::of(const std::string &zone)
{
    const QTimeZone found = zone.empty() ? QTimeZone::systemTimeZone()
                                         : QTimeZone(QByteArray::fromStdString(zone));
    if (found.isValid())
        return LocalTime(found);
    if (zone.empty())
        return LocalTime(QTimeZone::utc());
    return fail(ErrorCode::InvalidArgument, "tz", "\"" + zone + "\" is no time zone",
                "give one such as Europe/Berlin or UTC");
}

std::string LocalTime::zone() const
{
    return m_zone.id().toStdString();
}

Minute LocalTime::offset(Minute minute) const
{
    const Minute quarter = floorDivide(minute, 15);
    if (quarter != m_quarter) {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(minute * minuteMs, QTimeZone::utc());
        m_offset = floorDivide(m_zone.offsetFromUtc(time), 60);
        m_quarter = quarter;
    }
    return m_offset;
}

QDate LocalTime::date(Minute minute) const
{
    constexpr qint64 epoch = 2440588; // 1970-01-01 as a Julian day
    return QDate::fromJulianDay(epoch + floorDivide(minute + offset(minute), 24 * 60));
}

int LocalTime::hour(Minute minute) const
{
    const Minute hours = floorDivide(minute + offset(minute), 60);
    return static_cast<int>(hours - 24 * floorDivide(hours, 24));
}

int LocalTime::minuteOfDay(Minute minute) const
{
    const Minute shown = minute + offset(minute);
    return static_cast<int>(shown - 24 * 60 * floorDivide(shown, 24 * 60));
}

std::string LocalTime::text(Minute minute) const
{
    const Minute off = offset(minute);
    const QDateTime local = QDateTime::fromMSecsSinceEpoch((minute + off) * minuteMs, QTimeZone::utc());
    char shift[8];
    std::snprintf(shift, sizeof shift, "%c%02d:%02d", off < 0 ? '-' : '+',
                  static_cast<int>(std::abs(off) / 60 % 100), static_cast<int>(std::abs(off) % 60));
    return local.toString(QStringLiteral("yyyy-MM-ddTHH:mm")).toStdString() + shift;
}

Minute LocalTime::dayBegins(const QDate &date) const
{
    return floorDivide(date.startOfDay(m_zone).toMSecsSinceEpoch(), minuteMs);
}

Minute LocalTime::at(const QDate &date, int wanted) const
{
    // By the offsets around it: what Qt makes of a time that is not there differs between versions.
    const Minute begin = dayBegins(date);
    const Minute end = dayBegins(date.addDays(1));
    if (wanted >= 24 * 60)
        return end;
    for (Minute minute = begin + std::max(0, wanted - 180); minute < end; ++minute) {
        if (this->date(minute) == date && minuteOfDay(minute) >= wanted)
            return minute;
    }
    return end;
}

Result<UtcTime> LocalTime::parse(const std::string &text) const
{
    std::int64_t ms = 0;
    const char *const end = text.data() + text.size();
    const auto number = std::from_chars(text.data(), end, ms);
    bool good = number.ec == std::errc() && number.ptr == end && !text.empty();
    if (!good) {
        const QString words = QString::fromStdString(text);
        QDateTime time = QDateTime::fromString(words, Qt::ISODateWithMs);
        if (time.isValid() && time.timeSpec() == Qt::LocalTime)
            time = QDateTime(time.date(), time.time(), m_zone);
        good = time.isValid();
        ms = good ? time.toMSecsSinceEpoch() : 0;
    }
    if (!good || ms < 0 || ms >= latestMs)
        return fail(ErrorCode::InvalidArgument, {}, "\"" + text + "\" is no time",
                    "such as 2026-05-04T09:30:00Z, 2026-05-04 or milliseconds since 1970");
    return UtcTime(ms);
}

} // namespace facetrack

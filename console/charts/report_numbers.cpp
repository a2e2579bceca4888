#include "console/charts/report_numbers.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>
#include <cmath>

namespace facetrack::console {

namespace {

/// LANG=C groups no digits, which no manager reads.
QLocale readable()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : locale;
}

} // namespace

ReportNumbers::ReportNumbers(const std::string &zone)
    : m_locale(readable()), m_zone(QByteArray::fromStdString(zone))
{
    if (!m_zone.isValid())
        m_zone = QTimeZone::utc();
}

QString ReportNumbers::whole(std::uint64_t number) const
{
    return m_locale.toString(static_cast<qulonglong>(number));
}

QString ReportNumbers::fixed(double number, int digits) const
{
    return m_locale.toString(number, 'f', digits);
}

QString ReportNumbers::percent(double share, int digits) const
{
    return fixed(share * 100, digits) + QStringLiteral(" %");
}

QString ReportNumbers::coverage(double share) const
{
    return fixed(std::floor(share * 1000 + 1e-9) / 10, 1) + QStringLiteral(" %");
}

QString ReportNumbers::seconds(std::int64_t seconds) const
{
    if (seconds < 120)
        return QStringLiteral("%1 s").arg(seconds);
    return QStringLiteral("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString ReportNumbers::minutes(Minute minutes) const
{
    if (minutes < 120)
        return QStringLiteral("%1 min").arg(minutes);
    return QStringLiteral("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString ReportNumbers::day(const QDate &date) const
{
    return m_locale.toString(date, QLocale::LongFormat);
}

QString ReportNumbers::shortDay(const QDate &date) const
{
    //: A day without its year, as QLocale formats dates: "Mon 4 May"
    return m_locale.toString(date, QCoreApplication::translate("report", "ddd d MMM"));
}

QString ReportNumbers::clock(int hour) const
{
    return QStringLiteral("%1:00").arg(hour, 2, 10, QLatin1Char('0'));
}

QDateTime ReportNumbers::at(UtcTime time) const
{
    return QDateTime::fromMSecsSinceEpoch(time.count(), m_zone);
}

QString ReportNumbers::clock(Minute minute) const
{
    return at(UtcTime(minute * 60'000)).time().toString(QStringLiteral("HH:mm"));
}

QString ReportNumbers::moment(UtcTime time) const
{
    const QDateTime local = at(time);
    return shortDay(local.date()) + QStringLiteral(", ") + local.time().toString(QStringLiteral("HH:mm"));
}

} // namespace facetrack::console

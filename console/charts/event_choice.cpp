#include "console/charts/event_choice.h"

#include <QTimeZone>

namespace facetrack::console {

namespace {

QString key(const QString &venue, const char *what)
{
    // A venue's name may hold what separates keys.
    return QStringLiteral("event/%1/%2").arg(QString::fromLatin1(venue.toUtf8().toHex()), QLatin1String(what));
}

} // namespace

EventChoice EventChoice::of(const ConsoleSettings &settings, const QString &venue)
{
    EventChoice choice;
    choice.zone = settings.value(key(venue, "zone")).toString();
    if (choice.zone.isEmpty() || !QTimeZone(choice.zone.toUtf8()).isValid()) // Qt takes no name for a valid one
        choice.zone = QString::fromLatin1(QTimeZone::systemTimeZoneId());
    const QDate today = QDateTime::currentDateTimeUtc().toTimeZone(QTimeZone(choice.zone.toUtf8())).date();
    choice.from = QDate::fromString(settings.value(key(venue, "from")).toString(), Qt::ISODate);
    choice.to = QDate::fromString(settings.value(key(venue, "to")).toString(), Qt::ISODate);
    if (!choice.from.isValid() || !choice.to.isValid() || choice.to < choice.from)
        choice.from = choice.to = today;
    for (const QString &day : settings.value(key(venue, "without")).toStringList())
        choice.without << QDate::fromString(day, Qt::ISODate);
    if (const auto hours = parseHours(settings.value(key(venue, "hours")).toString().toStdString()))
        choice.hours = *hours;
    return choice;
}

void EventChoice::keep(ConsoleSettings &settings, const QString &venue) const
{
    settings.set(key(venue, "zone"), zone);
    settings.set(key(venue, "from"), from.toString(Qt::ISODate));
    settings.set(key(venue, "to"), to.toString(Qt::ISODate));
    QStringList out;
    for (const QDate &day : without)
        out << day.toString(Qt::ISODate);
    settings.set(key(venue, "without"), out);
    settings.set(key(venue, "hours"), QString::fromStdString(hoursText(hours)));
}

std::vector<QDate> EventChoice::days() const
{
    std::vector<QDate> days;
    for (QDate day = from; day <= to; day = day.addDays(1))
        if (!without.contains(day))
            days.push_back(day);
    return days;
}

EventPlan EventChoice::plan() const
{
    return {days(), hours, zone.toStdString(), {}};
}

} // namespace facetrack::console

#pragma once
#include "console/core/console_settings.h"
#include "libfacetrack/analytics/event_plan.h"

#include <QDate>

namespace facetrack::console {

/// The event that charts and reports are about, as a person chose it; kept by venue, since each has
/// its own clocks and hours.
struct EventChoice
{
    QDate from, to;    ///< both belong to it
    QList<QDate> without; ///< days between that do not
    OpeningHours hours;
    QString zone; ///< "Europe/Berlin"

    /// What was kept for this venue (empty: none); else today, all day, in this machine's time zone.
    static EventChoice of(const ConsoleSettings &settings, const QString &venue);
    void keep(ConsoleSettings &settings, const QString &venue) const;

    std::vector<QDate> days() const;
    EventPlan plan() const;

    bool operator==(const EventChoice &) const = default;
};

} // namespace facetrack::console

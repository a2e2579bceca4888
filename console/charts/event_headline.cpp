#include "console/charts/chart_ticks.h"
#include "console/charts/chart_words.h"
#include "console/charts/event_charts.h"

#include <QLocale>

namespace facetrack::console {

QString eventHeadline(const EventReport &report)
{
    QStringList parts;
    const auto add = [&parts](const QString &name, const QString &value) {
        parts << QStringLiteral("%1: <b>%2</b>").arg(name, value.toHtmlEscaped());
    };
    for (const Measure measure : measures)
        add(measureName(measure), report.total.hasData() ? valueText(valueOf(measure, report.total)) : ChartWords::tr("no data"));
    if (const auto hour = busiestHour(report))
        add(ChartWords::tr("Busiest hour"),
            ChartWords::tr("%1 from %2:00, %3 visits")
                .arg(QLocale().toString(hour->date, QStringLiteral("ddd d MMM")))
                .arg(hour->hour)
                .arg(valueText(static_cast<double>(hour->figures.visits))));
    if (const DwellTimes times = together(report.dwell); visitCount(times) > 0)
        add(ChartWords::tr("Half of the visits lasted at most"), ChartWords::tr("%1 s").arg(valueText(static_cast<double>(dwellAt(times, 0.5)))));
    add(ChartWords::tr("Coverage"), QLocale().toString(100 * report.coverage(), 'f', 1) + QStringLiteral(" %"));
    QString text = parts.join(QStringLiteral(" · "));
    if (report.isSimulated())
        text += QStringLiteral(" · ") + ChartWords::tr("<b>This event was made up.</b>");
    return text;
}

} // namespace facetrack::console

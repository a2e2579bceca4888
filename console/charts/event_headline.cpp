#include "console/charts/chart_ticks.h"
#include "console/charts/chart_words.h"
#include "console/charts/event_charts.h"
#include "console/charts/report_numbers.h"

namespace facetrack::console {

QString eventHeadline(const EventReport &report)
{
    const ReportNumbers numbers(report.zone);
    QStringList parts;
    const auto add = [&parts](const QString &name, const QString &value) {
        parts << QStringLiteral("%1: <b>%2</b>").arg(name, value.toHtmlEscaped());
    };
    for (const Measure measure : measures)
        add(measureName(measure), report.total.hasData() ? valueText(valueOf(measure, report.total)) : ChartWords::tr("no data"));
    if (const auto hour = busiestHour(report))
        add(ChartWords::tr("Busiest hour"),
            ChartWords::tr("%1 from %2:00, %3 visits")
                .arg(numbers.shortDay(hour->date))
                .arg(hour->hour)
                .arg(valueText(static_cast<double>(hour->figures.visits))));
    if (const DwellTimes times = together(report.dwell); visitCount(times) > 0)
        add(ChartWords::tr("Half of the visits lasted at most"), ChartWords::tr("%1 s").arg(valueText(static_cast<double>(dwellAt(times, 0.5)))));
    add(ChartWords::tr("Coverage"), numbers.coverage(report.coverage()));
    QString text = parts.join(QStringLiteral(" · "));
    if (report.isSimulated())
        text += QStringLiteral(" · ") + ChartWords::tr("<b>This event was made up.</b>");
    return text;
}

} // namespace facetrack::console

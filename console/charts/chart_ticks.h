#pragma once
#include "console/charts/chart.h"

namespace facetrack::console {

struct ChartTick
{
    double at = 0; ///< a value, or a time in milliseconds since 1970
    QString text;
    bool strong = false; ///< a new day
};

/// Round values from 0 up to at least `most`, about `count` of them; the last is the chart's top.
/// Whole numbers only where `most` is large.
std::vector<ChartTick> valueTicks(double most, int count);

/// Round times of the place's clocks within the span, about `count` of them: days begin at its own
/// midnight, also when summer time begins or ends between two of them.
std::vector<ChartTick> timeTicks(ChartSpan span, const QTimeZone &zone, int count);

/// "14:05", with the day or the seconds where `step` (milliseconds) asks for it.
QString timeText(qint64 time, const QTimeZone &zone, qint64 step, bool clockOnly = false);
/// "166,066", "3.25": as people of this language write it, with no more digits than tell something.
QString valueText(double value);

} // namespace facetrack::console

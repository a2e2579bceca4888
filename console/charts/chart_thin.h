#pragma once
#include "console/charts/chart.h"

#include <QPolygonF>

namespace facetrack::console {

/// The unbroken pieces of a line within `shown`, cut off at its edges, with no more points than a
/// chart of that many columns of pixels shows: of each column the first, the least, the most and the
/// last. x in milliseconds since shown.from. A point on its own becomes as wide as its step.
std::vector<QList<QPointF>> piecesOf(const ChartLine &line, ChartSpan shown, int columns);

/// What of `all` is outside of `parts`, which are in order; and what is inside of both.
std::vector<ChartSpan> outside(ChartSpan all, const std::vector<ChartSpan> &parts);
std::vector<ChartSpan> inside(const std::vector<ChartSpan> &some, const std::vector<ChartSpan> &parts);

/// The stretches of `shown` in which none of the lines has data.
std::vector<ChartSpan> withoutData(const std::vector<const ChartLine *> &lines, ChartSpan shown);

/// Points nearest to a time: the index, -1 when the line has no data there.
std::ptrdiff_t pointAt(const ChartLine &line, qint64 time);

} // namespace facetrack::console

#pragma once
#include "console/charts/chart_drawing.h"
#include "console/charts/chart_ticks.h"

namespace facetrack::console {

/// The values of a chart, from 0 upwards: figures at the left, lines across the plot.
class ValueScale
{
public:
    /// In a chart of this size, with `above` and `below` the plot taken by others, for values up to `most`.
    void lay(double most, QSizeF size, double above, double below, const ChartLook &look);

    const QRectF &plot() const { return m_plot; } ///< where the values are
    double top() const { return m_top; }          ///< the value at its upper edge
    double y(double value) const { return m_plot.bottom() - m_plot.height() * value / m_top; }
    void paint(QPainter &painter, const ChartPalette &palette) const;

private:
    QRectF m_plot;
    double m_top = 1;
    std::vector<ChartTick> m_ticks;
};

} // namespace facetrack::console

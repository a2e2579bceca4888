#include "console/charts/value_scale.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace facetrack::console {

void ValueScale::lay(double most, QSizeF size, double above, double below, const ChartLook &look)
{
    const QFontMetricsF metrics(chartFont(look));
    const double height = std::max(10.0, size.height() - above - below);
    m_ticks = valueTicks(most, std::clamp(static_cast<int>(height / (3 * metrics.height())), 2, 8));
    m_top = m_ticks.back().at;
    double left = 0;
    for (const ChartTick &tick : m_ticks)
        left = std::max(left, metrics.horizontalAdvance(tick.text));
    // In steps, so that the plot does not move with each digit.
    left = std::ceil((left + 8) / 10) * 10;
    m_plot = QRectF(left, above, std::max(10.0, size.width() - left - 14), height);
}

void ValueScale::paint(QPainter &painter, const ChartPalette &palette) const
{
    for (const ChartTick &tick : m_ticks) {
        const double at = y(tick.at);
        painter.setPen(QPen(tick.strong ? palette.faint : palette.line, 1));
        painter.drawLine(QPointF(m_plot.left(), at), QPointF(m_plot.right(), at));
        painter.setPen(palette.faint);
        painter.drawText(QRectF(0, at - 20, m_plot.left() - 6, 40), Qt::AlignRight | Qt::AlignVCenter, tick.text);
    }
}

} // namespace facetrack::console

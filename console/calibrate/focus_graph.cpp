#include "console/calibrate/focus_graph.h"

#include "console/shell/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace facetrack::console {

void FocusGraph::setFigure(const FocusFigure &figure, qint64 now)
{
    m_figure = figure;
    m_now = now;
    update();
}

void FocusGraph::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF inside = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    paintBar(painter, QRectF(inside.topLeft(), QSizeF(inside.width(), 12)));
    paintLine(painter, inside.adjusted(0, 18, 0, 0));
}

void FocusGraph::paintBar(QPainter &painter, const QRectF &place) const
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Mid));
    painter.drawRoundedRect(place, 3, 3);
    if (!m_figure.isKnown() || m_figure.peak <= 0)
        return;
    // The bar's end is a little above the peak, so that a new one is seen coming.
    const double full = 1.15 * m_figure.peak;
    QRectF bar = place;
    bar.setWidth(place.width() * std::min(1.0, m_figure.now / full));
    painter.setBrush(accentColour());
    painter.drawRoundedRect(bar, 3, 3);
    const double peak = place.x() + place.width() / 1.15;
    painter.setBrush(palette().color(QPalette::WindowText));
    painter.drawRect(QRectF(peak - 1, place.y() - 0.5, 2, place.height() + 1));
}

void FocusGraph::paintLine(QPainter &painter, const QRectF &place) const
{
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRect(place);
    if (m_figure.history.size() < 2)
        return;
    // From the least to the peak, so that small differences show; noise of a hundredth stays flat.
    const auto [lowest, highest] = std::minmax_element(
        m_figure.history.begin(), m_figure.history.end(),
        [](const auto &a, const auto &b) { return a.value < b.value; });
    const double top = std::max(highest->value, m_figure.peak);
    const double bottom = std::max(0.0, std::min(lowest->value, 0.9 * top));
    const double range = std::max(1e-9, top - bottom);
    const QRectF inside = place.adjusted(2, 4, -2, -4);
    const auto y = [&](double value) { return inside.bottom() - inside.height() * (value - bottom) / range; };
    painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 1, Qt::DashLine));
    painter.drawLine(QPointF(inside.left(), y(m_figure.peak)), QPointF(inside.right(), y(m_figure.peak)));
    QPainterPath line;
    for (const FocusFigure::Sample &sample : m_figure.history) {
        const double age = static_cast<double>(m_now - sample.at) / FocusMeter::span;
        const QPointF at(inside.right() - inside.width() * age, y(sample.value));
        line.elementCount() == 0 ? line.moveTo(at) : line.lineTo(at);
    }
    painter.setClipRect(place);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(accentColour(), 1.5));
    painter.drawPath(line);
}

} // namespace facetrack::console

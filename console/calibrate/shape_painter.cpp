#include "console/calibrate/shape_painter.h"

#include "console/calibrate/shape_hits.h"
#include "console/live/outlined.h"
#include "console/live/picture_view.h"

#include <QLineF>

namespace facetrack::console {

namespace {

constexpr double arrowReach = 22; // px

QColor colourOf(ShapeKind kind)
{
    switch (kind) {
    case ShapeKind::Zone: return {0x7c, 0xd8, 0xff};
    case ShapeKind::Line: return {0xff, 0xe0, 0x40};
    case ShapeKind::Mask: break;
    }
    return {0xd0, 0xd0, 0xd0};
}

QPainterPath pathOf(const QPolygonF &points, bool closed)
{
    QPainterPath path;
    path.addPolygon(points);
    if (closed)
        path.closeSubpath();
    return path;
}

} // namespace

void ShapePainter::shape(ShapeKind kind, const Shape &shape, bool selected) const
{
    const QPolygonF points = inWidget(shape, m_view);
    const bool closed = kind != ShapeKind::Line;
    const QPainterPath path = pathOf(points, closed);
    if (kind == ShapeKind::Mask)
        m_painter.fillPath(path, QBrush(QColor(0xd0, 0xd0, 0xd0, 150), Qt::BDiagPattern));
    else if (closed && selected)
        m_painter.fillPath(path, QColor(0x7c, 0xd8, 0xff, 30));
    strokeOutlined(m_painter, path, colourOf(kind), selected ? 3 : 2);
    if (!closed && points.size() == 2)
        ways(shape, points);
    QPointF top = points.value(0);
    for (const QPointF &point : points)
        if (closed && point.y() < top.y())
            top = point;
    label(top, QString::fromStdString(shape.name));
}

/// The first direction is from the left hand to the right hand of someone who looks along the line.
void ShapePainter::ways(const Shape &line, const QPolygonF &points) const
{
    const QLineF along(points[0], points[1]);
    if (along.length() < 1)
        return;
    const QPointF unit = (along.p2() - along.p1()) / along.length(), right(-unit.y(), unit.x());
    const QPointF middle = along.center(), tip = middle + right * arrowReach;
    QPainterPath arrow(middle - right * arrowReach);
    arrow.lineTo(tip);
    const double barb = arrowReach / 3;
    QPainterPath head(tip - right * barb + unit * barb);
    head.lineTo(tip);
    head.lineTo(tip - right * barb - unit * barb);
    arrow.addPath(head);
    strokeOutlined(m_painter, arrow, colourOf(ShapeKind::Line), 2);
    label(tip + right * 6, QString::fromStdString(line.ways[0]), right);
    label(middle - right * (arrowReach + 6), QString::fromStdString(line.ways[1]), -right);
}

/// Right and below of `at` with a side of (1, 1), left and above with (-1, -1), 0 in the middle.
void ShapePainter::label(QPointF at, const QString &text, QPointF side) const
{
    if (text.isEmpty())
        return;
    const QFontMetricsF metrics(m_painter.font());
    const QSizeF size(metrics.horizontalAdvance(text) + 8, metrics.height() + 2);
    QRectF box(at + QPointF((side.x() - 1) / 2 * size.width(), (side.y() - 1) / 2 * size.height()), size);
    const QRectF picture = m_view.pictureRect();
    box.moveLeft(qBound(picture.left(), box.left(), qMax(picture.left(), picture.right() - size.width())));
    box.moveTop(qBound(picture.top(), box.top(), qMax(picture.top(), picture.bottom() - size.height())));
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(QColor(0, 0, 0, 150));
    m_painter.drawRoundedRect(box, 3, 3);
    m_painter.setPen(Qt::white);
    m_painter.drawText(box, Qt::AlignCenter, text);
}

void ShapePainter::handles(const std::vector<Point> &points, int selected) const
{
    for (std::size_t i = 0; i < points.size(); ++i) {
        const QPointF at = m_view.toWidget({points[i].x, points[i].y});
        const bool mine = static_cast<int>(i) == selected;
        m_painter.setPen(QPen(QColor(0, 0, 0, 200), 1.5));
        m_painter.setBrush(mine ? QColor(0xff, 0x8c, 0x42) : QColor(Qt::white));
        const double radius = mine ? 7 : 5;
        m_painter.drawEllipse(at, radius, radius);
    }
}

void ShapePainter::draft(const ShapeDraft &draft, QPointF cursor) const
{
    const QColor colour = colourOf(draft.kind);
    QPolygonF points;
    for (const Point &point : draft.points)
        points << m_view.toWidget({point.x, point.y});
    strokeOutlined(m_painter, pathOf(points, false), colour, 2);
    const QPointF next = m_view.toWidget(cursor);
    if (!points.isEmpty())
        strokeOutlined(m_painter, pathOf(QPolygonF({points.last(), next}), false), colour, 1.5, Qt::DashLine);
    handles(draft.points, -1);
    QPainterPath cross(next - QPointF(8, 0));
    cross.lineTo(next + QPointF(8, 0));
    cross.moveTo(next - QPointF(0, 8));
    cross.lineTo(next + QPointF(0, 8));
    strokeOutlined(m_painter, cross, colour, 1.5);
}

} // namespace facetrack::console

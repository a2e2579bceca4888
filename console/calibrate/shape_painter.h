#pragma once
#include "console/calibrate/shape_tool.h"

#include <QPolygonF>

namespace facetrack::console {

class PictureView;

/// Draws shapes on a picture in the agent's own colours, readable on any picture.
class ShapePainter
{
public:
    ShapePainter(QPainter &painter, const PictureView &view) : m_painter(painter), m_view(view) {}

    void shape(ShapeKind kind, const Shape &shape, bool selected) const;
    void handles(const std::vector<Point> &points, int selected) const;
    void draft(const ShapeDraft &draft, QPointF cursor) const;

private:
    void ways(const Shape &line, const QPolygonF &points) const;
    void label(QPointF at, const QString &text, QPointF side = {1, 1}) const;

    QPainter &m_painter;
    const PictureView &m_view;
};

} // namespace facetrack::console

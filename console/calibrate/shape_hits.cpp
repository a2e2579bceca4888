#include "console/calibrate/shape_hits.h"

#include "console/live/picture_view.h"

#include <QLineF>
#include <cmath>

namespace facetrack::console {

namespace {

constexpr double pointReach = 9; // px, for a hand in a hurry
constexpr double edgeReach = 6;

double distanceTo(const QLineF &edge, QPointF at)
{
    const QPointF along = edge.p2() - edge.p1(), from = at - edge.p1();
    const double length = QPointF::dotProduct(along, along);
    const double share = length > 0 ? qBound(0.0, QPointF::dotProduct(along, from) / length, 1.0) : 0;
    return QLineF(edge.pointAt(share), at).length();
}

std::optional<ShapeHit> hit(const ShapePlace &shape, const QPolygonF &points, bool closed, QPointF at)
{
    for (int i = 0; i < points.size(); ++i)
        if (QLineF(points[i], at).length() <= pointReach)
            return ShapeHit{{shape.kind, shape.index, i}, -1};
    const qsizetype edges = closed ? points.size() : points.size() - 1;
    for (int i = 0; i < edges; ++i)
        if (distanceTo(QLineF(points[i], points[(i + 1) % points.size()]), at) <= edgeReach)
            return ShapeHit{{shape.kind, shape.index, -1}, i};
    return std::nullopt;
}

} // namespace

QPolygonF inWidget(const Shape &shape, const PictureView &view)
{
    QPolygonF points;
    for (const Point &point : shape.points)
        points << view.toWidget({point.x, point.y});
    return points;
}

ShapeHit shapeAt(QPointF fraction, const PictureView &view, const ShapeLists &lists, const ShapePlace &selected)
{
    const QPointF at = view.toWidget(fraction);
    const auto look = [&](ShapeKind kind, int index) {
        const auto &list = lists.shown(kind);
        return hit({kind, index, -1}, inWidget(list[static_cast<std::size_t>(index)], view),
                   kind != ShapeKind::Line, at);
    };
    if (selected.isShape())
        if (const auto found = look(selected.kind, selected.index))
            return *found;
    for (const ShapeKind kind : {ShapeKind::Line, ShapeKind::Zone, ShapeKind::Mask})
        for (int index = static_cast<int>(lists.shown(kind).size()) - 1; index >= 0; --index)
            if (const auto found = look(kind, index))
                return *found;
    return {};
}

} // namespace facetrack::console

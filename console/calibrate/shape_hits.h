#pragma once
#include "console/calibrate/shape_tool.h"

#include <QPolygonF>

namespace facetrack::console {

class PictureView;

/// Points of a shape in the widget.
QPolygonF inWidget(const Shape &shape, const PictureView &view);

/// The point or the edge of a shape under the mouse.
struct ShapeHit
{
    ShapePlace place; ///< with `point` for a point, without for an edge
    int edge = -1;    ///< the edge begins at this point; below 0: a point was hit
};
/// The selected shape first, then those drawn last. Without a shape: nothing is there.
ShapeHit shapeAt(QPointF fraction, const PictureView &view, const ShapeLists &lists, const ShapePlace &selected);

} // namespace facetrack::console

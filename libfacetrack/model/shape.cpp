#include "libfacetrack/model/shape.h"

#include <cstddef>

namespace facetrack {

bool contains(const Shape &polygon, Point at)
{
    bool inside = false;
    const auto &points = polygon.points;
    for (std::size_t i = 0, before = points.size() - 1; i < points.size(); before = i++) {
        const Point a = points[i];
        const Point b = points[before];
        if ((a.y > at.y) != (b.y > at.y)
            && at.x < a.x + (at.y - a.y) * (b.x - a.x) / (b.y - a.y))
            inside = !inside;
    }
    return inside;
}

float sideOf(const Shape &line, Point at)
{
    const Point a = line.points[0];
    const Point b = line.points[1];
    return (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
}

} // namespace facetrack

#pragma once
#include "libfacetrack/base/export.h"

#include <array>
#include <string>
#include <vector>

namespace facetrack {

/// A place in the picture as fractions of its width and height, 0..1 from the top left corner.
struct Point
{
    float x = 0;
    float y = 0;

    bool operator==(const Point &) const = default;
};

/// What an operator draws into the picture: a mask, a zone or a counting line.
struct Shape
{
    std::string name;           ///< unique among those of its kind; only a mask may have none
    std::vector<Point> points;  ///< three or more of a polygon, which closes itself; two of a line
    /// Of a line only: the names of its two directions. The first is from the left hand to the
    /// right hand of someone who looks from the first point towards the second.
    std::array<std::string, 2> ways{};

    bool operator==(const Shape &) const = default;
};

/// Whether `at` lies in the polygon (even-odd: where the outline crosses itself there are holes).
FACETRACK_EXPORT bool contains(const Shape &polygon, Point at);

/// On which side of a line's infinite continuation `at` lies: above 0 at the right hand, below 0 at
/// the left hand, in units of the picture times the line's length.
FACETRACK_EXPORT float sideOf(const Shape &line, Point at);

} // namespace facetrack

#pragma once
#include "libfacetrack/model/box.h"
#include "libfacetrack/model/frame.h"

#include <cstdint>

namespace facetrack {

/// How a picture must be turned to stand upright: first mirrored as said, then its rows made
/// columns. Covers the eight orientations of phone videos and EXIF.
struct Turn
{
    bool transpose = false; ///< rows become columns
    bool flipX = false;     ///< of the upright picture, left and right are exchanged
    bool flipY = false;     ///< of the upright picture, top and bottom are exchanged

    bool none() const { return !transpose && !flipX && !flipY; }
    Size upright(Size stored) const;
    bool operator==(const Turn &) const = default;

    /// From FFmpeg's display matrix, nine 16.16 numbers; angles that are not multiples of 90
    /// degrees become the nearest. No turn for null.
    static Turn fromDisplayMatrix(const std::int32_t *matrix);
};

/// Writes `from` turned into `to`, which must have the upright size.
void turnPlane(const Plane &from, const MutablePlane &to, const Turn &turn);

} // namespace facetrack

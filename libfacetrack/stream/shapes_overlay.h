#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/detection.h"
#include "libfacetrack/model/shape.h"
#include "libfacetrack/stream/canvas.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace facetrack {

/// What an operator drew into the picture.
struct PictureShapes
{
    std::vector<Shape> zones;
    std::vector<Shape> lines;
    std::vector<Shape> masks;

    bool empty() const { return zones.empty() && lines.empty() && masks.empty(); }
};

/// How often a line was crossed, by its name and that of the direction.
using CrossingCounts = std::map<std::pair<std::string, std::string>, std::uint64_t>;

/// Masks hatched; zones outlined, with their name and how many of `faces` are in them; lines with an
/// arrow in the first direction and the names of both, with how
/// often. Bright lines between thin dark ones, so that
/// they show on any picture.
FACETRACK_EXPORT void drawShapes(Canvas &canvas, const PictureShapes &shapes,
                                 std::span<const Track> faces,
                                 const CrossingCounts &crossings = {});

} // namespace facetrack

#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/detection.h"
#include "libfacetrack/stream/canvas.h"

#include <cstdint>
#include <span>
#include <string>

namespace facetrack {

/// Solid boxes are as fresh as the picture; dashed ones come from an older analysis.
enum class BoxLine { Solid, Dashed };

/// The colour that a track keeps while it lives; neighbouring ids look different.
FACETRACK_EXPORT YuvColour trackColour(std::uint32_t id);

/// A box around every face: a bright line between thin dark ones, so that it shows on any
/// picture. The line's width follows the picture's.
FACETRACK_EXPORT void drawBoxes(Canvas &canvas, std::span<const Track> faces, BoxLine line);

/// Makes `places` coarse: each gets its mean colour or, with `hidden`, grey.
FACETRACK_EXPORT void drawVeil(Canvas &canvas, std::span<const Box> places, bool hidden);

/// What OpenCV's letters can write: accents are left out, what has no likeness becomes '?'.
std::string asciiOf(const std::string &utf8);

/// A line of text on a dark bar at the bottom left, as large as the picture's width asks for and
/// small enough to fit; none on a picture too small to read it. Letters outside ASCII lose their
/// accents or become '?'.
FACETRACK_EXPORT void drawCaption(Canvas &canvas, const std::string &utf8);

/// Bright letters on dark ground, or dark ones on bright ground: shown in turn, it blinks and can
/// be read all the time.
enum class SignLight { Dark, Bright };

/// A text as large as fits, across the middle of the picture.
FACETRACK_EXPORT void drawSign(Canvas &canvas, const std::string &utf8, SignLight light);

} // namespace facetrack

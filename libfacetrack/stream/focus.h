#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/frame.h"

namespace facetrack {

/// How sharp the picture is within `region` (fractions of the plane): larger is sharper. It is a
/// relative figure, for turning a lens until it peaks; different scenes do not compare.
///
/// Tenengrad (mean squared Sobel gradient), divided by the variance of the brightness so that
/// neither exposure nor gain moves it. Tenengrad: E. Krotkov, "Focusing", International Journal
/// of Computer Vision 1 (1988), 223-237; it and the normalisation compared with others in
/// S. Pertuz, D. Puig, M. A. Garcia, "Analysis of focus measure operators for shape-from-focus",
/// Pattern Recognition 46 (2013), 1415-1432.
///
/// Looks at up to about 200 rows spread over the region, which keeps it well under a millisecond.
/// 0 for a region of less than 3x3 pixels, a plane without data and an even surface.
FACETRACK_EXPORT double sharpness(const Plane &luma, const Box &region = {0, 0, 1, 1});

} // namespace facetrack

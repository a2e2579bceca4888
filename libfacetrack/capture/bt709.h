#pragma once
#include "libfacetrack/model/frame.h"

namespace facetrack {

/// Changes full-range YUV 4:2:0 from BT.709's coefficients (HD cameras, phones) to BT.601's, in
/// place. Straight from YUV to YUV: a 3x3 matrix whose luma column is (1, 0, 0), so that the luma
/// only takes a correction from the chroma beside it.
void convertBt709ToBt601(const MutablePlane &luma, const MutablePlane &u, const MutablePlane &v);

} // namespace facetrack

#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/frame.h"

namespace facetrack {

/// The size of a picture of `size` brought to `width`: aspect kept, both even (chroma has half
/// of them), never enlarged. `width` 0 or not below the own one: `size` itself.
FACETRACK_EXPORT Size scaledSize(Size size, int width);

/// A writable copy of `frame` in another size, plane by plane (area average when it shrinks), with
/// its times and sequence. A copy as it is when `size` is its own.
FACETRACK_EXPORT FrameBuilder scaledCopy(const Frame &frame, Size size);

/// `frame` brought to `width` as scaledSize() says; `frame` itself when nothing changes.
FACETRACK_EXPORT FramePtr scaled(const FramePtr &frame, int width);

} // namespace facetrack

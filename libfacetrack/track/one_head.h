#pragma once
#include "libfacetrack/model/box.h"

#include <algorithm>
#include <cmath>

/// \file
/// When two boxes are on one head. Internal to this room.

namespace facetrack {

/// Two heads cannot be that much in one place: detectors see some faces twice.
inline bool isOneHead(const Box &a, const Box &b)
{
    const float width = std::min(a.x + a.w, b.x + b.w) - std::max(a.x, b.x);
    const float height = std::min(a.y + a.h, b.y + b.h) - std::max(a.y, b.y);
    return width > 0 && height > 0 && width * height > 0.5F * std::min(a.area(), b.area());
}

/// Distance of their middles, in sizes of the smaller one.
inline float apart(const Box &a, const Box &b)
{
    return std::hypot((a.x + a.w / 2 - b.x - b.w / 2) / std::min(a.w, b.w),
                      (a.y + a.h / 2 - b.y - b.h / 2) / std::min(a.h, b.h));
}

/// One head in a larger and a smaller box. Two who pass each other are that close for a moment only.
inline bool areTwins(const Box &a, const Box &b)
{
    return apart(a, b) < 0.2F && overlap(a, b) >= 0.5F;
}

/// May be one head in boxes of very different sizes; or else the one in front hides the other.
inline bool mayBeTwins(const Box &a, const Box &b)
{
    const float ratio = std::sqrt(a.area() / b.area());
    return apart(a, b) < 0.4F && ratio < 1.8F && ratio > 1 / 1.8F;
}

} // namespace facetrack

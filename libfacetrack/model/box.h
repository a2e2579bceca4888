#pragma once
#include <algorithm>
#include <cstdint>

namespace facetrack {

/// A rectangle as fractions of the picture: 0..1 from its top left corner, so that it means the
/// same at every picture size.
struct Box
{
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;

    float area() const { return w * h; }
    bool operator==(const Box &) const = default;
};

/// Intersection over union of two boxes, 0 (apart) to 1 (the same).
inline float overlap(const Box &a, const Box &b)
{
    const float width = std::min(a.x + a.w, b.x + b.w) - std::max(a.x, b.x);
    const float height = std::min(a.y + a.h, b.y + b.h) - std::max(a.y, b.y);
    if (width <= 0 || height <= 0)
        return 0;
    const float shared = width * height;
    return shared / (a.area() + b.area() - shared);
}

/// Width and height in pixels; 0x0 means "not set".
struct Size
{
    int width = 0;
    int height = 0;

    bool empty() const { return width <= 0 || height <= 0; }
    bool operator==(const Size &) const = default;
};

} // namespace facetrack

#include "libfacetrack/detect/open_places.h"

#include <algorithm>

namespace facetrack {

namespace {

constexpr int Steps = 16; // a mask saves work to a sixteenth of a look

bool masked(const DetectTuning &tuning, Point at)
{
    return std::any_of(tuning.masks.begin(), tuning.masks.end(),
                       [&](const Shape &mask) { return contains(mask, at); });
}

Box shared(const Box &a, const Box &b)
{
    const float left = std::max(a.x, b.x);
    const float top = std::max(a.y, b.y);
    return {left, top, std::max(0.F, std::min(a.x + a.w, b.x + b.w) - left),
            std::max(0.F, std::min(a.y + a.h, b.y + b.h) - top)};
}

} // namespace

bool isOpen(const DetectTuning &tuning, const Box &face)
{
    return !masked(tuning, {face.x + face.w / 2, face.y + face.h / 2});
}

Box openPart(const DetectTuning &tuning, const Box &middles)
{
    const Box inside = shared(middles, tuning.region);
    if (inside.area() <= 0)
        return {};
    if (tuning.masks.empty())
        return inside;
    int left = Steps;
    int top = Steps;
    int right = 0;
    int bottom = 0;
    // A step is closed when its corners and its middle are; just inside of them, since masks like
    // to end where the picture does.
    constexpr float In = 0.02F;
    constexpr float Out = 1 - In;
    const auto at = [&](float x, float y) {
        return masked(tuning, {inside.x + inside.w * x / Steps, inside.y + inside.h * y / Steps});
    };
    for (int y = 0; y < Steps; ++y) {
        for (int x = 0; x < Steps; ++x) {
            const auto l = static_cast<float>(x);
            const auto t = static_cast<float>(y);
            if (at(l + In, t + In) && at(l + Out, t + In) && at(l + In, t + Out)
                && at(l + Out, t + Out) && at(l + 0.5F, t + 0.5F))
                continue;
            left = std::min(left, x);
            top = std::min(top, y);
            right = std::max(right, x + 1);
            bottom = std::max(bottom, y + 1);
        }
    }
    if (right <= left)
        return {};
    return {inside.x + inside.w * static_cast<float>(left) / Steps,
            inside.y + inside.h * static_cast<float>(top) / Steps,
            inside.w * static_cast<float>(right - left) / Steps,
            inside.h * static_cast<float>(bottom - top) / Steps};
}

} // namespace facetrack

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

/// Steps of a place, from the first to beyond the last.
struct Cells
{
    int left, top, right, bottom;
};

Box placeOf(const Cells &cells, const Box &inside)
{
    const auto at = [](int step) { return static_cast<float>(step) / Steps; };
    return {inside.x + inside.w * at(cells.left), inside.y + inside.h * at(cells.top),
            inside.w * at(cells.right - cells.left), inside.h * at(cells.bottom - cells.top)};
}

/// What is not masked inside `inside`: runs of steps, row by row.
std::vector<Cells> openRuns(const DetectTuning &tuning, const Box &inside)
{
    // A step is closed when its corners and its middle are; just inside of them, since masks like
    // to end where the picture does.
    constexpr float In = 0.02F;
    constexpr float Out = 1 - In;
    const auto at = [&](float x, float y) {
        return masked(tuning, {inside.x + inside.w * x / Steps, inside.y + inside.h * y / Steps});
    };
    const auto closed = [&](int x, int y) {
        const auto l = static_cast<float>(x);
        const auto t = static_cast<float>(y);
        return at(l + In, t + In) && at(l + Out, t + In) && at(l + In, t + Out)
               && at(l + Out, t + Out) && at(l + 0.5F, t + 0.5F);
    };
    std::vector<Cells> runs;
    for (int y = 0; y < Steps; ++y) {
        for (int x = 0; x < Steps; ++x) {
            if (closed(x, y))
                continue;
            if (!runs.empty() && runs.back().top == y && runs.back().right == x)
                ++runs.back().right;
            else
                runs.push_back({x, y, x + 1, y + 1});
        }
    }
    return runs;
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
    Cells all{Steps, Steps, 0, 0};
    for (const Cells &run : openRuns(tuning, inside)) {
        all.left = std::min(all.left, run.left);
        all.top = std::min(all.top, run.top);
        all.right = std::max(all.right, run.right);
        all.bottom = std::max(all.bottom, run.bottom);
    }
    return all.right <= all.left ? Box{} : placeOf(all, inside);
}

void closeMasked(const DetectTuning &tuning, std::vector<MonotonicTime> &lookedAt)
{
    constexpr int columns = LookReport::GridColumns;
    for (std::size_t i = 0; i < lookedAt.size(); ++i) {
        const Point middle{(static_cast<float>(i % columns) + 0.5F) / columns,
                           (static_cast<float>(i / columns) + 0.5F) / LookReport::GridRows};
        const Box &region = tuning.region;
        const bool inside = middle.x >= region.x && middle.x <= region.x + region.w
                            && middle.y >= region.y && middle.y <= region.y + region.h;
        if (!inside || masked(tuning, middle))
            lookedAt[i] = LookReport::Never;
    }
}

std::vector<Look> openLooks(const DetectTuning &tuning)
{
    if (tuning.region.area() <= 0)
        return {};
    std::vector<Cells> places;
    for (const Cells &run : openRuns(tuning, tuning.region)) {
        // What goes on from the row above makes one place with it.
        const auto above = std::find_if(places.begin(), places.end(), [&](const Cells &place) {
            return place.left == run.left && place.right == run.right && place.bottom == run.top;
        });
        if (above == places.end())
            places.push_back(run);
        else
            above->bottom = run.bottom;
    }
    std::vector<Look> looks;
    for (const Cells &place : places)
        looks.push_back({placeOf(place, tuning.region), 0, 0});
    return looks;
}

} // namespace facetrack

#include "libfacetrack/detect/look_planner.h"

#include "libfacetrack/detect/change_map.h"
#include "libfacetrack/detect/open_places.h"
#include "libfacetrack/detect/sweep.h"

#include <algorithm>
#include <map>

namespace facetrack {

namespace {

// How far from its expected place a face is looked for, in widths of it, and how much its size may
// differ; both grow with each frame in which it was not found.
constexpr float Radius = 0.2F;
constexpr float RadiusGrowth = 0.06F;
constexpr float MostRadius = 0.6F;
constexpr float Ratio = 1.16F;
constexpr float RatioGrowth = 0.03F;
constexpr float MostRatio = 1.4F;

Look around(const Box &face, int missed, const Size &frame)
{
    const float times = static_cast<float>(missed);
    const float radius = std::min(MostRadius, Radius + RadiusGrowth * times);
    const float ratio = std::min(MostRatio, Ratio + RatioGrowth * times);
    const float width = face.w * static_cast<float>(frame.width);
    return {{face.x + face.w * (0.5F - radius), face.y + face.h * (0.5F - radius),
             face.w * 2 * radius, face.h * 2 * radius},
            width / ratio,
            width * ratio};
}

bool isExpected(const Box &hint, std::span<const ExpectedFace> faces)
{
    return std::any_of(faces.begin(), faces.end(),
                       [&](const ExpectedFace &face) { return overlap(face.box, hint) > 0.3F; });
}

/// What a person whose face is here moves: the head, and the body below.
void explainedBy(const Box &face, std::vector<Box> &places)
{
    places.push_back({face.x - face.w * 0.3F, face.y - face.h * 0.4F, face.w * 1.6F, face.h * 1.8F});
    places.push_back({face.x - face.w * 0.8F, face.y + face.h * 1.2F, face.w * 2.6F, face.h * 5});
}

} // namespace

class LookPlanner::Private
{
public:
    ChangeMap changes;
    Sweep sweep;
    std::map<std::uint32_t, int> missed; ///< by thread: frames since it was found
    std::vector<Box> hints;              ///< of the last frame
    bool swept = false;                  ///< it had a part of a whole look

    void add(Look look, const DetectTuning &tuning, Plan &plan) const;
};

void LookPlanner::Private::add(Look look, const DetectTuning &tuning, Plan &plan) const
{
    look.middles = openPart(tuning, look.middles);
    if (look.middles.area() <= 0)
        return;
    plan.looks.push_back(look);
    ++plan.report.regions;
}

LookPlanner::LookPlanner() : d(std::make_unique<Private>()) {}
LookPlanner::~LookPlanner() = default;

LookPlanner::Plan LookPlanner::plan(const Frame &frame, const DetectTuning &tuning,
                                    const Detector &detector, std::span<const ExpectedFace> expected)
{
    Plan plan;
    std::map<std::uint32_t, int> missed;
    std::vector<Box> explained;
    for (const ExpectedFace &face : expected) {
        const auto known = d->missed.find(face.thread);
        const int times = known == d->missed.end() ? 0 : known->second;
        missed[face.thread] = times + 1; // until found() says otherwise
        d->add(around(face.box, times, frame.size()), tuning, plan);
        if (times <= 2)
            explainedBy(face.box, explained);
    }
    for (const Box &hint : d->hints) {
        if (isExpected(hint, expected))
            continue;
        Look closer = around(hint, 1, frame.size());
        closer.doubted = true;
        d->add(closer, tuning, plan);
    }
    d->hints.clear();
    d->missed = std::move(missed);
    d->changes.see(frame.luma());
    d->changes.explain(explained);
    Sweep::Part part = d->sweep.next(frame, tuning, detector, d->changes, frame.captured());
    plan.looks.insert(plan.looks.end(), part.looks.begin(), part.looks.end());
    plan.report.wholeLooks = part.share;
    plan.report.lookedAt = d->sweep.lookedAt();
    closeMasked(tuning, plan.report.lookedAt);
    d->swept = !part.looks.empty();
    return plan;
}

void LookPlanner::found(std::span<const std::uint32_t> threads)
{
    for (const std::uint32_t thread : threads)
        d->missed[thread] = 0;
}

void LookPlanner::suspected(std::span<const Box> hints)
{
    // Not those of closer looks: what looks a little like a face would have one in every frame.
    if (d->swept)
        d->hints.assign(hints.begin(), hints.end());
}

void LookPlanner::startOver()
{
    d->hints.clear();
    d->changes.startOver();
    d->sweep.startOver();
    d->missed.clear();
}

} // namespace facetrack

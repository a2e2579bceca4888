#include "libfacetrack/detect/sweep.h"

#include "libfacetrack/detect/open_places.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace facetrack {

namespace {

// Turns of a tile, in shares of detect.max_delay. Something new is looked at more than once within
// it, since a detector may miss a face once; where nothing changed, looking again finds the same.
constexpr double AfterNews = 0.3;
constexpr double AfterChange = 0.9;
constexpr double AfterNothing = 4;

// A newcomer changes at least this share of the face's square.
constexpr double NewcomerShare = 0.15;

constexpr float SmallestSide = 20; // pixels: no detector finds smaller faces

double seconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

/// Whether tiles made for one are wrong for the other.
bool cutsAlike(const DetectTuning &a, const DetectTuning &b)
{
    DetectTuning same = a;
    same.maxDelay = b.maxDelay;
    return same == b;
}

} // namespace

void Sweep::lay(const Frame &frame, const DetectTuning &tuning, const Detector &detector)
{
    m_tiles.clear();
    m_tuning = tuning;
    m_frame = frame.size();
    m_whole = 0;
    const SweepShape shape = detector.sweepShape(tuning);
    const auto side = static_cast<float>(std::min(frame.width(), frame.height()));
    const float end = tuning.maxSize.empty()
                          ? side
                          : std::min(side, static_cast<float>(tuning.maxSize.width));
    // The first band has no lower end and the last no upper one: what the detector makes of sizes
    // is its own business, and nothing may fall between two bands.
    float least = std::max(SmallestSide, static_cast<float>(tuning.minSize.width));
    bool first = true;
    while (true) {
        const float most = least * std::max(1.05F, shape.sizeRatio);
        const bool last = most >= end;
        layBand(first ? 0 : least, last ? 0 : most, shape.tileInFaces * most, frame, tuning,
                detector);
        if (last)
            break;
        least = most;
        first = false;
    }
    for (const Tile &tile : m_tiles)
        m_whole += tile.effort;
}

void Sweep::layBand(float least, float most, float tileEdge, const Frame &frame,
                    const DetectTuning &tuning, const Detector &detector)
{
    const auto count = [&](int side) {
        return std::max(1, static_cast<int>(std::lround(static_cast<float>(side) / tileEdge)));
    };
    const int columns = count(frame.width());
    const int rows = count(frame.height());
    const float w = 1.F / static_cast<float>(columns);
    const float h = 1.F / static_cast<float>(rows);
    const float reach = most > 0 ? most : static_cast<float>(std::max(frame.width(), frame.height()));
    const float x = reach / 2 / static_cast<float>(frame.width());
    const float y = reach / 2 / static_cast<float>(frame.height());
    for (int i = 0; i < columns * rows; ++i) {
        const Box whole{static_cast<float>(i % columns) * w, static_cast<float>(i / columns) * h, w, h};
        Tile tile;
        tile.look = {openPart(tuning, whole), least, most};
        const Box &m = tile.look.middles;
        if (m.area() <= 0)
            continue;
        tile.effort = detector.effort(tile.look, frame.size(), tuning);
        if (tile.effort <= 0)
            continue;
        tile.reach = {m.x - x, m.y - y, m.w + 2 * x, m.h + 2 * y};
        const double face = static_cast<double>(std::max(least, SmallestSide)) / ChangeMap::Cell;
        tile.needed = std::max(1.0, NewcomerShare * face * face);
        m_tiles.push_back(tile);
    }
}

Sweep::Part Sweep::everything(MonotonicTime now)
{
    Part part;
    part.share = 1;
    for (Tile &tile : m_tiles) {
        tile.looked = now;
        part.looks.push_back(tile.look);
    }
    m_credit = 0;
    m_last = now;
    return part;
}

Sweep::Part Sweep::next(const Frame &frame, const DetectTuning &tuning, const Detector &detector,
                        const ChangeMap &changes, MonotonicTime now)
{
    if (m_tiles.empty() || m_frame != frame.size() || !cutsAlike(m_tuning, tuning)) {
        lay(frame, tuning, detector);
        return everything(now);
    }
    const double passed = std::clamp(seconds(now - m_last), 0.0, 1.0);
    m_last = now;
    double due = 0;
    std::vector<Tile *> order;
    for (Tile &tile : m_tiles) {
        const ChangeMap::Count count = changes.changed(tile.reach);
        tile.news += count.all;
        tile.unexplained += count.unexplained;
        const double turn = tuning.maxDelay / 1000.0
                            * (tile.unexplained >= tile.needed ? AfterNews
                               : tile.news >= tile.needed      ? AfterChange
                                                               : AfterNothing);
        tile.urgency = seconds(now - tile.looked) / turn;
        due += tile.effort / turn;
        order.push_back(&tile);
    }
    std::sort(order.begin(), order.end(),
              [](const Tile *a, const Tile *b) { return a->urgency > b->urgency; });
    m_credit += due * passed;
    Part part;
    for (Tile *tile : order) {
        if (m_credit <= 0)
            break;
        m_credit -= tile->effort;
        part.share += tile->effort / m_whole;
        tile->looked = now;
        tile->news = 0;
        tile->unexplained = 0;
        part.looks.push_back(tile->look);
    }
    m_credit = std::min(m_credit, 0.0); // everything was looked at: nothing to save up for
    return part;
}

} // namespace facetrack

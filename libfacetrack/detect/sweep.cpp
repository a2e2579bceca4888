#include "libfacetrack/detect/sweep.h"

#include "libfacetrack/detect/open_places.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace facetrack {

namespace {

// Turns of a tile, in shares of detect.max_delay. Something new is looked at several times within
// it, since a detector may miss a face for a while: the less is new, the more often, up to as many
// whole looks in a max_delay as the detector wants. Where nothing changed, looking again finds the
// same.
constexpr double AfterNewsAtMost = 0.5;
constexpr double AfterChange = 0.5;
constexpr double AfterNothing = 4;

// Cells that a newcomer changes at least, as a share of the face's square, all frames summed.
constexpr double NewcomerShare = 0.3;

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
    same.cpuBudget = b.cpuBudget;
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
    m_newsRate = shape.newsRate;
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
    const float face = std::max({least, SmallestSide, static_cast<float>(tuning.minSize.width)});
    const auto cells = static_cast<double>(face) / ChangeMap::Cell;
    for (int i = 0; i < columns * rows; ++i) {
        const Box whole{static_cast<float>(i % columns) * w, static_cast<float>(i / columns) * h, w, h};
        Tile tile;
        tile.look = {openPart(tuning, whole), least, most};
        if (tile.look.middles.area() <= 0)
            continue;
        tile.effort = detector.effort(tile.look, frame.size(), tuning);
        if (tile.effort <= 0)
            continue;
        tile.faceWidth = face / static_cast<float>(frame.width());
        tile.faceHeight = face / static_cast<float>(frame.height());
        tile.needed = std::max(1.0, NewcomerShare * cells * cells);
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

void Sweep::notice(Tile &tile, const ChangeMap &changes)
{
    const Box &m = tile.look.middles;
    const Box reach{m.x - tile.faceWidth / 2, m.y - tile.faceHeight / 2, m.w + tile.faceWidth,
                    m.h + tile.faceHeight};
    if (changes.changed(reach).all == 0)
        return; // as almost everywhere, almost always
    ChangeMap::Count most{};
    // Places half a face apart: a face has at least half of its changes in one of them.
    for (float y = 0; y <= m.h; y += tile.faceHeight / 2) {
        for (float x = 0; x <= m.w; x += tile.faceWidth / 2) {
            const ChangeMap::Count count
                = changes.changed({m.x + x - tile.faceWidth / 2, m.y + y - tile.faceHeight / 2,
                                   tile.faceWidth, tile.faceHeight});
            most = {std::max(most.all, count.all), std::max(most.unexplained, count.unexplained)};
        }
    }
    tile.changed += most.all;
    tile.unexplained += most.unexplained;
}

std::vector<MonotonicTime> Sweep::lookedAt() const
{
    constexpr int columns = LookReport::GridColumns;
    constexpr int rows = LookReport::GridRows;
    constexpr MonotonicTime unknown = MonotonicTime::max();
    std::vector<MonotonicTime> oldest(std::size_t(columns) * rows, unknown);
    for (const Tile &tile : m_tiles) {
        // A face reaches out of the tile by half its width: so does what the look has seen. The
        // frame's rim, where no face's middle can be, is seen in this way too.
        const Box &m = tile.look.middles;
        const auto cell = [](float at, int count) {
            return std::clamp(static_cast<int>(at * static_cast<float>(count)), 0, count - 1);
        };
        const int left = cell(m.x - tile.faceWidth / 2, columns);
        const int right = cell(m.x + m.w + tile.faceWidth / 2, columns);
        const int bottom = cell(m.y + m.h + tile.faceHeight / 2, rows);
        for (int y = cell(m.y - tile.faceHeight / 2, rows); y <= bottom; ++y) {
            for (int x = left; x <= right; ++x) {
                MonotonicTime &time = oldest[static_cast<std::size_t>(y * columns + x)];
                time = std::min(time, tile.looked);
            }
        }
    }
    std::replace(oldest.begin(), oldest.end(), unknown, LookReport::Never);
    return oldest;
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
    double news = 0;
    for (Tile &tile : m_tiles) {
        notice(tile, changes);
        news += tile.unexplained >= tile.needed ? tile.effort : 0;
    }
    const double afterNews = std::min(AfterNewsAtMost, news / m_whole / m_newsRate);
    double due = 0;
    std::vector<Tile *> order;
    for (Tile &tile : m_tiles) {
        const double turn = tuning.maxDelay / 1000.0
                            * (tile.unexplained >= tile.needed ? afterNews
                               : tile.changed >= tile.needed   ? AfterChange
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
        if (m_credit < tile->effort / 2)
            break; // saved up for it: a large tile is not taken as soon as there is anything at all
        m_credit -= tile->effort;
        part.share += tile->effort / m_whole;
        tile->looked = now;
        tile->changed = 0;
        tile->unexplained = 0;
        part.looks.push_back(tile->look);
    }
    if (part.looks.size() == m_tiles.size())
        m_credit = std::min(m_credit, 0.0); // everything was looked at: nothing to save up for
    return part;
}

} // namespace facetrack

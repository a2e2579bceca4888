#include "libfacetrack/detect/window_scan.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace facetrack {

namespace {

enum Plane : std::size_t { Sums, Squares, Tilted };

int sum(const int *at, const std::array<int, 4> &corners)
{
    return at[corners[0]] - at[corners[1]] - at[corners[2]] + at[corners[3]];
}

/// Which of the 256 patterns of lighter and darker blocks around the middle one it is.
unsigned lbpCode(const int *at, const std::array<int, 16> &g)
{
    const auto block = [&](std::size_t i) { // by its upper left corner in the grid
        return at[g[i]] - at[g[i + 1]] - at[g[i + 4]] + at[g[i + 5]];
    };
    constexpr std::array<std::size_t, 8> around{0, 1, 2, 6, 10, 9, 8, 4};
    const int middle = block(5);
    unsigned code = 0;
    for (const std::size_t i : around)
        code = code << 1 | (block(i) >= middle ? 1U : 0U);
    return code;
}

} // namespace

WindowScan::WindowScan(CascadeModel model)
    : m_model(std::move(model)), m_sideBySide(m_model.stumps && !m_model.lbp && !m_model.tilted),
      m_layouts{layoutFor(1), layoutFor(2)}
{
}

int WindowScan::offset(int x, int y, int step)
{
    return y * Stride + (step == 1 ? x : x / 2 + x % 2 * (Stride / 2));
}

WindowScan::Corners WindowScan::corners(const cv::Rect &r, int step)
{
    return {offset(r.x, r.y, step), offset(r.x + r.width, r.y, step),
            offset(r.x, r.y + r.height, step), offset(r.x + r.width, r.y + r.height, step)};
}

WindowScan::Corners WindowScan::tiltedCorners(const cv::Rect &r, int step)
{
    return {offset(r.x, r.y, step), offset(r.x - r.height, r.y + r.height, step),
            offset(r.x + r.width, r.y + r.width, step),
            offset(r.x + r.width - r.height, r.y + r.width + r.height, step)};
}

std::array<int, 16> WindowScan::grid(const cv::Rect &r, int step)
{
    std::array<int, 16> at{};
    for (int i = 0; i < 16; ++i)
        at[static_cast<std::size_t>(i)] = offset(r.x + i % 4 * r.width, r.y + i / 4 * r.height, step);
    return at;
}

WindowScan::Layout WindowScan::layoutFor(int step) const
{
    Layout layout;
    layout.step = step;
    layout.whole = corners({1, 1, m_model.window.width - 2, m_model.window.height - 2}, step);
    for (const CascadeModel::Feature &feature : m_model.features) {
        Feature &made = layout.features.emplace_back();
        made.tilted = feature.tilted;
        if (m_model.lbp)
            made.grid = grid(feature.blocks[0].rect, step);
        for (std::size_t i = 0; i < made.blocks.size() && !m_model.lbp; ++i) {
            const auto &block = feature.blocks[i];
            made.blocks[i] = {feature.tilted ? tiltedCorners(block.rect, step)
                                             : corners(block.rect, step),
                              block.weight};
        }
    }
    if (!m_sideBySide)
        return layout;
    for (const CascadeModel::Tree &tree : m_model.trees) {
        const auto &node = m_model.nodes[static_cast<std::size_t>(tree.firstNode)];
        const auto leaf = [&](int index) {
            return m_model.leaves[static_cast<std::size_t>(tree.firstLeaf - index)];
        };
        layout.stumps.push_back({layout.features[static_cast<std::size_t>(node.feature)].blocks,
                                 node.threshold, leaf(node.left), leaf(node.right)});
    }
    return layout;
}

void WindowScan::integrate(const cv::Rect &area, int step, Scratch &scratch) const
{
    const std::size_t planes = m_model.tilted ? 3 : m_model.lbp ? 1 : 2;
    std::array<cv::Mat, 3> views;
    for (std::size_t i = 0; i < planes; ++i) {
        std::vector<int> &plane = scratch.planes[i];
        plane.resize(static_cast<std::size_t>((area.height + 1) * Stride + Lanes));
        if (step == 1)
            views[i] = cv::Mat(area.height + 1, area.width + 1, CV_32S, plane.data(),
                               Stride * sizeof(int));
        else
            views[i] = scratch.raw[i];
    }
    if (planes == 1)
        cv::integral(scratch.part, views[Sums], CV_32S);
    else if (planes == 2)
        cv::integral(scratch.part, views[Sums], views[Squares], CV_32S, CV_32S);
    else
        cv::integral(scratch.part, views[Sums], views[Squares], views[Tilted], CV_32S, CV_32S);
    if (step == 1)
        return;
    for (std::size_t i = 0; i < planes; ++i) {
        scratch.raw[i] = views[i];
        for (int y = 0; y <= area.height; ++y) {
            const int *from = views[i].ptr<int>(y);
            int *even = scratch.planes[i].data() + y * Stride;
            int *odd = even + Stride / 2;
            for (int x = 0; x <= area.width; ++x)
                (x % 2 == 0 ? even : odd)[x / 2] = from[x];
        }
    }
}

void WindowScan::scan(const cv::Mat &picture, const PyramidLevel &level, const cv::Rect &wanted,
                      Scratch &scratch, std::vector<cv::Point> &hits) const
{
    // The positions of detectMultiScale start from 0.
    cv::Rect places = wanted & cv::Rect({}, level.places);
    const int left = (places.x + level.step - 1) / level.step * level.step;
    const int top = (places.y + level.step - 1) / level.step * level.step;
    places = {left, top, places.x + places.width - left, places.y + places.height - top};
    if (places.width <= 0 || places.height <= 0)
        return;
    const cv::Rect area(places.x, places.y, places.width - 1 + m_model.window.width,
                        places.height - 1 + m_model.window.height);
    shrinkPart(picture, level.size, area, scratch.part);
    integrate(area, level.step, scratch);
    scratch.pixels += static_cast<std::uint64_t>(area.area());

    const Layout &layout = m_layouts[static_cast<std::size_t>(level.step - 1)];
    std::vector<int> found;
    for (int y = 0; y < places.height; y += level.step) {
        Row row{};
        row.count = (places.width + level.step - 1) / level.step;
        for (std::size_t i = 0; i < row.at.size(); ++i)
            row.at[i] = scratch.planes[i].data() + y * Stride;
        found.clear();
        if (m_sideBySide)
            scanSideBySide(layout, row, found);
        else
            scanOneByOne(layout, row, found);
        for (const int at : found) {
            if (triedByOpenCv(layout, row, at, places.x == 0))
                hits.emplace_back(places.x + at * level.step, places.y + y);
        }
    }
}

void WindowScan::scanOneByOne(const Layout &layout, const Row &row, std::vector<int> &found) const
{
    for (int at = 0; at < row.count; ++at) {
        const float light = norm(layout, row, at);
        const int stage = light > 0 ? rejectedBy(layout, row, at, light) : 1;
        if (stage < 0)
            found.push_back(at);
        else if (stage == 0)
            ++at; // OpenCV passes over the neighbour of a window that nothing speaks for
    }
}

void WindowScan::scanSideBySide(const Layout &layout, const Row &row, std::vector<int> &found) const
{
    for (int at = 0; at < row.count; at += Lanes) {
        const Promise promise = promising(layout, row, at);
        unsigned bits = promise.bits;
        if (row.count - at < Lanes)
            bits &= (1U << (row.count - at)) - 1;
        for (int lane = 0; bits != 0; ++lane, bits >>= 1) {
            if ((bits & 1) == 0)
                continue;
            const float light = norm(layout, row, at + lane);
            const bool certain = (promise.certain >> lane & 1) != 0;
            if (light > 0 && rejectedBy(layout, row, at + lane, light, promise.stage) < 0
                && (certain || rejectedBy(layout, row, at + lane, light) < 0))
                found.push_back(at + lane);
        }
    }
}

bool WindowScan::triedByOpenCv(const Layout &layout, const Row &row, int at, bool fromEdge) const
{
    // In a run of windows that the first stage rejects, OpenCV tries every other one, from the
    // first on: the one behind a window that passed.
    int run = 0;
    for (int i = at - 1; i >= 0; --i, ++run) {
        const float light = norm(layout, row, i);
        if (light <= 0 || passes(layout, m_model.stages.front(), row, i, light))
            return run % 2 == 0;
    }
    return !fromEdge || run % 2 == 0;
}

float WindowScan::norm(const Layout &layout, const Row &row, int at) const
{
    if (m_model.lbp)
        return 1;
    const double area = (m_model.window.width - 2) * (m_model.window.height - 2);
    const double light = sum(row.at[Sums] + at, layout.whole);
    const auto squares = static_cast<unsigned>(sum(row.at[Squares] + at, layout.whole));
    const double spread = area * squares - light * light;
    if (spread <= 0)
        return 0;
    const auto factor = static_cast<float>(1 / std::sqrt(spread));
    return area * static_cast<double>(factor) < 0.1 ? factor : 0;
}

int WindowScan::rejectedBy(const Layout &layout, const Row &row, int at, float norm,
                           int firstStage) const
{
    for (std::size_t s = static_cast<std::size_t>(firstStage); s < m_model.stages.size(); ++s)
        if (!passes(layout, m_model.stages[s], row, at, norm))
            return static_cast<int>(s);
    return -1;
}

bool WindowScan::passes(const Layout &layout, const CascadeModel::Stage &stage, const Row &row,
                        int at, float norm) const
{
    if (m_sideBySide)
        return votesOfStumps(layout, stage, row.at[Sums] + at, norm)
               >= static_cast<double>(stage.threshold);
    double votes = 0;
    for (int i = 0; i < stage.trees; ++i) {
        const auto tree = static_cast<std::size_t>(stage.firstTree + i);
        votes += static_cast<double>(leafOf(layout, m_model.trees[tree], row, at, norm));
    }
    return votes >= static_cast<double>(stage.threshold);
}

double WindowScan::votesOfStumps(const Layout &layout, const CascadeModel::Stage &stage,
                                 const int *sums, float norm)
{
    double votes = 0;
    const Stump *stump = layout.stumps.data() + stage.firstTree;
    for (const Stump *end = stump + stage.trees; stump != end; ++stump) {
        const auto &b = stump->blocks;
        float value = b[0].weight * static_cast<float>(sum(sums, b[0].at))
                      + b[1].weight * static_cast<float>(sum(sums, b[1].at));
        if (b[2].weight != 0)
            value += b[2].weight * static_cast<float>(sum(sums, b[2].at));
        votes += static_cast<double>(value * norm < stump->threshold ? stump->left : stump->right);
    }
    return votes;
}

float WindowScan::leafOf(const Layout &layout, const CascadeModel::Tree &tree, const Row &row,
                         int at, float norm) const
{
    int next = 0;
    do {
        const auto &node = m_model.nodes[static_cast<std::size_t>(tree.firstNode + next)];
        const Feature &feature = layout.features[static_cast<std::size_t>(node.feature)];
        bool left = false;
        if (m_model.lbp) {
            const unsigned code = lbpCode(row.at[Sums] + at, feature.grid);
            left = (node.subset[code >> 5] >> (code & 31) & 1) != 0;
        } else {
            const int *from = row.at[feature.tilted ? Tilted : Sums] + at;
            const auto &b = feature.blocks;
            float value = b[0].weight * static_cast<float>(sum(from, b[0].at))
                          + b[1].weight * static_cast<float>(sum(from, b[1].at));
            if (b[2].weight != 0)
                value += b[2].weight * static_cast<float>(sum(from, b[2].at));
            left = value * norm < node.threshold;
        }
        next = left ? node.left : node.right;
    } while (next > 0);
    return m_model.leaves[static_cast<std::size_t>(tree.firstLeaf - next)];
}

} // namespace facetrack

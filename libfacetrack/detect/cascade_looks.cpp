#include "libfacetrack/detect/cascade_looks.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core/utility.hpp>
#include <opencv2/objdetect.hpp>
#include <tuple>

namespace facetrack {

namespace {

// What detectMultiScale takes as the same face: edges that differ by less than this share of it.
constexpr double GroupEps = 0.2;

// Below this many window places, waking others costs more than it saves.
constexpr int WorthSharing = 20'000;

/// As many as OpenCV would have, but for the caller.
std::size_t helpers()
{
    return static_cast<std::size_t>(std::max(1, cv::getNumThreads()) - 1);
}

/// [from, to) of whole numbers, from a range of real ones.
cv::Range whole(double from, double to)
{
    return {static_cast<int>(std::ceil(from)), static_cast<int>(std::ceil(to))};
}

/// Where, along one axis, a window of `size` may begin to be grouped with one of `otherSize` that
/// begins at `other`.
std::pair<double, double> grouped(double other, double otherSize, double size, double delta)
{
    const double grown = otherSize - size;
    return {other - delta + std::max(0.0, grown), other + delta + std::min(0.0, grown)};
}

/// Boxes around rectangles that overlap.
std::vector<cv::Rect> merged(const std::vector<cv::Rect> &rects)
{
    std::vector<cv::Rect> boxes;
    for (cv::Rect box : rects) {
        for (bool grew = true; grew;) {
            grew = false;
            std::erase_if(boxes, [&](const cv::Rect &other) {
                if ((other & box).empty())
                    return false;
                box |= other;
                return grew = true;
            });
        }
        boxes.push_back(box);
    }
    return boxes;
}

/// `rect` without `hole`: up to four rectangles.
void cut(const cv::Rect &rect, const cv::Rect &hole, std::vector<cv::Rect> &rest)
{
    const cv::Rect shared = rect & hole;
    if (shared.empty()) {
        rest.push_back(rect);
        return;
    }
    const auto add = [&](int left, int top, int right, int bottom) {
        if (right > left && bottom > top)
            rest.emplace_back(left, top, right - left, bottom - top);
    };
    add(rect.x, rect.y, rect.br().x, shared.y);
    add(rect.x, shared.br().y, rect.br().x, rect.br().y);
    add(rect.x, shared.y, shared.x, shared.br().y);
    add(shared.br().x, shared.y, rect.br().x, shared.br().y);
}

} // namespace

CascadeLooks::CascadeLooks(CascadeModel model)
    : m_scan(std::move(model)), m_crew(helpers()), m_desks(m_crew.size())
{
}

void CascadeLooks::put(std::size_t level, const cv::Rect &places)
{
    std::vector<cv::Rect> fresh{places & cv::Rect({}, m_levels[level].places)};
    for (const cv::Rect &tried : m_tried[level]) {
        std::vector<cv::Rect> rest;
        for (const cv::Rect &rect : fresh)
            if (!rect.empty())
                cut(rect, tried, rest);
        fresh = std::move(rest);
    }
    for (const cv::Rect &rect : fresh) {
        if (rect.empty())
            continue;
        m_tried[level].push_back(rect);
        const cv::Size most = m_scan.most();
        for (int y = 0; y < rect.height; y += most.height)
            for (int x = 0; x < rect.width; x += most.width)
                m_waiting.emplace_back(level,
                                       rect & cv::Rect({rect.x + x, rect.y + y}, most));
    }
}

void CascadeLooks::ask(const Look &look, cv::Point corner, cv::Size frame)
{
    for (std::size_t l = 0; l < m_levels.size(); ++l) {
        const PyramidLevel &level = m_levels[l];
        const auto width = static_cast<float>(level.window.width);
        if (width < look.least || (look.most > 0 && width >= look.most))
            continue;
        const auto range = [&](float from, float extent, int side, int start, int face) {
            const double begin = static_cast<double>(from) * side - start - face / 2.0;
            const double scale = static_cast<double>(level.scale);
            return whole(begin / scale, (begin + static_cast<double>(extent) * side) / scale);
        };
        const cv::Range x = range(look.middles.x, look.middles.w, frame.width, corner.x,
                                  level.window.width);
        const cv::Range y = range(look.middles.y, look.middles.h, frame.height, corner.y,
                                  level.window.height);
        if (!x.empty() && !y.empty())
            put(l, {x.start, y.start, x.size(), y.size()});
    }
}

void CascadeLooks::askAround(std::span<const Hit> hits)
{
    for (std::size_t l = 0; l < m_levels.size(); ++l) {
        const PyramidLevel &level = m_levels[l];
        std::vector<cv::Rect> around;
        for (const Hit &hit : hits) {
            const double delta = GroupEps * 0.5
                                 * (std::min(level.window.width, hit.face.width)
                                    + std::min(level.window.height, hit.face.height));
            const auto x = grouped(hit.face.x, hit.face.width, level.window.width, delta);
            const auto y = grouped(hit.face.y, hit.face.height, level.window.height, delta);
            if (x.first > x.second || y.first > y.second)
                continue;
            // Boxes are rounded to whole pixels, hence the half.
            const double scale = static_cast<double>(level.scale);
            const cv::Range columns = whole((x.first - 0.5) / scale, (x.second + 0.5) / scale + 1);
            const cv::Range rows = whole((y.first - 0.5) / scale, (y.second + 0.5) / scale + 1);
            around.emplace_back(columns.start, rows.start, columns.size(), rows.size());
        }
        for (const cv::Rect &box : merged(around))
            put(l, box);
    }
}

void CascadeLooks::tryAll(const cv::Mat &picture)
{
    int places = 0;
    for (const auto &[l, rect] : m_waiting)
        places += rect.area();
    const WorkCrew::Work tryPiece = [&](std::size_t piece, std::size_t worker) {
        const auto &[l, rect] = m_waiting[piece];
        const PyramidLevel &level = m_levels[l];
        Desk &desk = m_desks[worker];
        desk.found.clear();
        m_scan.scan(picture, level, rect, desk.scratch, desk.found);
        for (const cv::Point &at : desk.found)
            desk.hits.push_back({l, {{cvRound(static_cast<float>(at.x) * level.scale),
                                      cvRound(static_cast<float>(at.y) * level.scale)},
                                     level.window}});
    };
    if (places >= WorthSharing) {
        m_crew.share(m_waiting.size(), tryPiece);
    } else {
        for (std::size_t piece = 0; piece < m_waiting.size(); ++piece)
            tryPiece(piece, 0);
    }
    for (Desk &desk : m_desks) {
        m_hits.insert(m_hits.end(), desk.hits.begin(), desk.hits.end());
        desk.hits.clear();
    }
    m_waiting.clear();
}

Findings CascadeLooks::find(const cv::Mat &picture, cv::Point corner, cv::Size frame,
                            const DetectTuning &tuning, std::span<const Look> looks)
{
    m_levels = pyramidLevels(picture.size(), m_scan.window(), tuning);
    m_tried.assign(m_levels.size(), {});
    m_waiting.clear();
    m_hits.clear();
    for (Desk &desk : m_desks) {
        desk.hits.clear();
        desk.scratch.pixels = 0;
    }
    for (const Look &look : looks)
        ask(look, corner, frame);
    tryAll(picture);
    for (std::size_t known = 0; known < m_hits.size() && tuning.minNeighbors > 0;) {
        const std::span<const Hit> fresh = std::span(m_hits).subspan(known);
        known = m_hits.size();
        askAround(fresh);
        tryAll(picture);
    }
    // Who found what first is chance, and the order of the faces shall not be.
    std::sort(m_hits.begin(), m_hits.end(), [](const Hit &a, const Hit &b) {
        return std::tuple(a.level, a.face.y, a.face.x) < std::tuple(b.level, b.face.y, b.face.x);
    });
    std::vector<cv::Rect> faces;
    for (const Hit &hit : m_hits)
        faces.push_back(hit.face);
    cv::groupRectangles(faces, tuning.minNeighbors, GroupEps);
    Findings findings;
    for (const Desk &desk : m_desks)
        findings.pixels += desk.scratch.pixels;
    for (const cv::Rect &face : faces) {
        const auto share = [](int part, int all) {
            return static_cast<float>(part) / static_cast<float>(all);
        };
        findings.faces.push_back({{share(face.x + corner.x, frame.width),
                                   share(face.y + corner.y, frame.height),
                                   share(face.width, frame.width),
                                   share(face.height, frame.height)},
                                  1});
    }
    return findings;
}

} // namespace facetrack

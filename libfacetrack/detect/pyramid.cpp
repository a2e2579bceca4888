#include "libfacetrack/detect/pyramid.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace facetrack {

namespace {

cv::Size times(cv::Size size, double factor)
{
    return {cvRound(size.width * factor), cvRound(size.height * factor)};
}

/// The one scale nearest to the smallest face, for when none lies between smallest and largest.
float nearest(const std::vector<float> &scales, cv::Size window, Size least)
{
    const auto distance = [&](float scale) {
        const cv::Size size = times(window, static_cast<double>(scale));
        const double w = least.width - size.width;
        const double h = least.height - size.height;
        return w * w + h * h;
    };
    return *std::min_element(scales.begin(), scales.end(),
                             [&](float a, float b) { return distance(a) < distance(b); });
}

std::vector<float> scalesOf(cv::Size picture, cv::Size window, const DetectTuning &tuning)
{
    cv::Size most(tuning.maxSize.width, tuning.maxSize.height);
    if (most.width == 0 || most.height == 0)
        most = picture;
    std::vector<float> all;
    std::vector<float> wanted;
    for (double factor = 1;; factor *= tuning.scaleFactor) {
        const cv::Size size = times(window, factor);
        if (size.width > picture.width || size.height > picture.height)
            break;
        all.push_back(static_cast<float>(factor));
    }
    for (const float scale : all) {
        const cv::Size size = times(window, static_cast<double>(scale));
        if (size.width > most.width || size.height > most.height)
            break;
        if (size.width >= tuning.minSize.width && size.height >= tuning.minSize.height)
            wanted.push_back(scale);
    }
    if (wanted.empty() && !all.empty())
        wanted.push_back(nearest(all, window, tuning.minSize));
    return wanted;
}

/// Where the samples of one row or column come from, in 1/256: a first, and how much of its right
/// or lower neighbour.
struct Taps
{
    Taps(int from, int to, int begin, int count)
    {
        const double scale = 1 / (static_cast<double>(to) / from);
        for (int i = begin; i < begin + count; ++i) {
            const double at = scale * (i + 0.5) - 0.5;
            const int first = cvFloor(at);
            if (first < 0) {
                index.push_back(0);
                share.push_back(0);
            } else if (first >= from - 1) {
                index.push_back(from - 1);
                share.push_back(0);
            } else {
                index.push_back(first);
                share.push_back(static_cast<std::uint16_t>(cvRound((at - first) * 256)));
            }
        }
    }
    std::vector<int> index;
    std::vector<std::uint16_t> share;
};

void shrinkRow(const std::uint8_t *from, const Taps &columns, int last, std::uint16_t *to)
{
    for (std::size_t i = 0; i < columns.index.size(); ++i) {
        const int x = columns.index[i];
        const unsigned share = columns.share[i];
        to[i] = static_cast<std::uint16_t>(from[x] * (256 - share)
                                           + from[std::min(x + 1, last)] * share);
    }
}

} // namespace

std::vector<PyramidLevel> pyramidLevels(cv::Size picture, cv::Size window,
                                        const DetectTuning &tuning)
{
    std::vector<PyramidLevel> levels;
    if (picture.width < window.width || picture.height < window.height)
        return levels;
    for (const float scale : scalesOf(picture, window, tuning)) {
        PyramidLevel level;
        level.scale = scale;
        level.size = {cvRound(static_cast<float>(picture.width) / scale),
                      cvRound(static_cast<float>(picture.height) / scale)};
        level.step = scale >= 2 ? 1 : 2;
        level.window = times(window, static_cast<double>(scale));
        level.places = {std::max(level.size.width + 1 - window.width, 0),
                        std::max(level.size.height + 1 - window.height, 0)};
        levels.push_back(level);
    }
    return levels;
}

void shrinkPart(const cv::Mat &picture, cv::Size size, const cv::Rect &area, cv::Mat &part)
{
    part.create(area.size(), CV_8UC1);
    if (size == picture.size()) {
        picture(area).copyTo(part);
        return;
    }
    const Taps columns(picture.cols, size.width, area.x, area.width);
    const Taps rows(picture.rows, size.height, area.y, area.height);
    const auto width = static_cast<std::size_t>(area.width);
    std::vector<std::uint16_t> lines(2 * width);
    std::uint16_t *upper = lines.data();
    std::uint16_t *lower = upper + width;
    int inUpper = -1;
    int inLower = -1;
    for (int y = 0; y < area.height; ++y) {
        const int first = rows.index[static_cast<std::size_t>(y)];
        const int second = std::min(first + 1, picture.rows - 1);
        if (inLower == first) {
            std::swap(upper, lower);
            std::swap(inUpper, inLower);
        }
        if (inUpper != first)
            shrinkRow(picture.ptr(inUpper = first), columns, picture.cols - 1, upper);
        if (inLower != second)
            shrinkRow(picture.ptr(inLower = second), columns, picture.cols - 1, lower);
        const std::uint32_t share = rows.share[static_cast<std::size_t>(y)];
        std::uint8_t *to = part.ptr(y);
        for (std::size_t i = 0; i < width; ++i)
            to[i] = static_cast<std::uint8_t>(
                (upper[i] * (256 - share) + lower[i] * share + (1U << 15)) >> 16);
    }
}

} // namespace facetrack

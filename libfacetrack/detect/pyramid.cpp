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

/// Where the samples of one row or column come from: a first one, and in 1/256 how much of its right
/// or lower neighbour, which is always there.
struct Taps
{
    Taps(int from, int to, int begin, int count)
    {
        const double scale = 1 / (static_cast<double>(to) / from);
        index.reserve(static_cast<std::size_t>(count));
        share.reserve(static_cast<std::size_t>(count));
        for (int i = begin; i < begin + count; ++i) {
            const double at = scale * (i + 0.5) - 0.5;
            const int first = cvFloor(at);
            if (first < 0)
                add(0, 0);
            else if (first >= from - 1)
                add(from - 2, 256);
            else
                add(first, cvRound((at - first) * 256));
        }
    }
    void add(int first, int part)
    {
        index.push_back(first);
        share.push_back(part);
    }
    std::vector<int> index;
    std::vector<int> share;
};

void shrinkRow(const std::uint8_t *from, const Taps &columns, std::uint16_t *to)
{
    for (std::size_t i = 0; i < columns.index.size(); ++i) {
        const std::uint8_t *at = from + columns.index[i];
        to[i] = static_cast<std::uint16_t>(at[0] * 256 + (at[1] - at[0]) * columns.share[i]);
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
        const int second = first + 1;
        if (inLower == first) {
            std::swap(upper, lower);
            std::swap(inUpper, inLower);
        }
        if (inUpper != first)
            shrinkRow(picture.ptr(inUpper = first), columns, upper);
        if (inLower != second)
            shrinkRow(picture.ptr(inLower = second), columns, lower);
        const auto share = static_cast<std::uint32_t>(rows.share[static_cast<std::size_t>(y)]);
        std::uint8_t *to = part.ptr(y);
        for (std::size_t i = 0; i < width; ++i)
            to[i] = static_cast<std::uint8_t>(
                (upper[i] * (256 - share) + lower[i] * share + (1U << 15)) >> 16);
    }
}

} // namespace facetrack

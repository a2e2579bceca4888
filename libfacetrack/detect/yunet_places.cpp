#include "libfacetrack/detect/yunet_places.h"

#include <algorithm>
#include <cmath>

namespace facetrack {

namespace {

constexpr int Multiple = 32; // the coarsest of YuNet's strides

// Measured with yunet_s: a run takes as long as this many pixels, were there no pixels at all.
constexpr double RunInPixels = 5'500;

// OpenCV's 3x3 layers compute eight cells of a row at once, edges apart. With less than ten cells
// at stride 16 that never comes to pass: 128x96 takes longer than 160x96.
constexpr int LeastWidth = 160;

// YuNet judges a face by its surroundings too: so much of its width is shown on each side of it.
constexpr float Surroundings = 0.7F;
// Faces are higher than wide by up to so much.
constexpr float HeightToWidth = 1.5F;

// Width in which the narrowest face of a look is shown, where the frame has it; with 16 pixels a
// tenth of the faces that the whole look finds are not found again.
constexpr double EnoughPixels = 21;
// A small face is shown so much larger than in the whole look. That costs next to nothing here,
// and a face at the edge of what the network can do is not lost by lying on another pixel.
constexpr double Finer = 1.5;

// Faces of so many of them to the frame's shorter side are large.
constexpr float LargeShare = 4;

int padded(int side)
{
    return (side + Multiple - 1) / Multiple * Multiple;
}

/// Few sizes: steps of 32 at first, then of a third to a sixth of the size.
int stepped(int side)
{
    int step = Multiple;
    while (side > 6 * step)
        step *= 2;
    return (side + step - 1) / step * step;
}

cv::Size scaled(const cv::Rect &part, double scale)
{
    const auto side = [&](int pixels) {
        return std::max(1, static_cast<int>(std::lround(pixels * scale)));
    };
    return {side(part.width), side(part.height)};
}

/// Moves and widens [from, from + length) to `wanted`, as far as [low, high) has room.
void widen(int &from, int &length, int wanted, int low, int high)
{
    const int most = std::min(wanted, high - low);
    if (most <= length)
        return;
    from = std::clamp(from - (most - length) / 2, low, high - most);
    length = most;
}

YuNetPlace placeFor(const Look &look, const Size &frame, const cv::Rect &region,
                    const DetectTuning &tuning)
{
    YuNetPlace place{region, tuning.yunet.scale, {}};
    if (look.most > 0 && look.least > 0)
        place.scale *= Finer;
    if (look.least > 0)
        place.scale = std::min(place.scale, EnoughPixels / static_cast<double>(look.least));
    if (look.most <= 0)
        return place;
    const auto width = static_cast<float>(frame.width);
    const auto height = static_cast<float>(frame.height);
    const float sideways = look.most * (0.5F + Surroundings);
    const float upwards = look.most * (0.5F * HeightToWidth + Surroundings);
    const cv::Point from(static_cast<int>(std::floor(look.middles.x * width - sideways)),
                         static_cast<int>(std::floor(look.middles.y * height - upwards)));
    const cv::Point to(
        static_cast<int>(std::ceil((look.middles.x + look.middles.w) * width + sideways)),
        static_cast<int>(std::ceil((look.middles.y + look.middles.h) * height + upwards)));
    place.part = cv::Rect(from, to) & region;
    return place;
}

/// A look for faces of all sizes in some part of the frame, in two: the large ones need much around
/// them, but few pixels.
std::vector<Look> bySize(const Look &look, const Size &frame)
{
    const auto large = static_cast<float>(std::min(frame.width, frame.height)) / LargeShare;
    if (look.most > 0 || look.least >= large)
        return {look};
    return {{look.middles, look.least, large}, {look.middles, large, 0}};
}

bool isEverywhere(const Look &look)
{
    return look == Look{};
}

/// Both in one, with enough pixels for each.
YuNetPlace together(const YuNetPlace &a, const YuNetPlace &b)
{
    return {a.part | b.part, std::max(a.scale, b.scale), {}};
}

/// Replaces two places by one where that is no dearer. False when no two are left to join.
bool joinTwo(std::vector<YuNetPlace> &places)
{
    const auto pixels = [](const YuNetPlace &p) { return scaled(p.part, p.scale).area(); };
    for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t j = i + 1; j < places.size(); ++j) {
            const YuNetPlace both = together(places[i], places[j]);
            if (pixels(both) > pixels(places[i]) + pixels(places[j]))
                continue;
            places[i] = both;
            places.erase(places.begin() + static_cast<std::ptrdiff_t>(j));
            return true;
        }
    return false;
}

/// `places` (highest first) from left to right in rows, in an input of that width.
YuNetSheet inRows(const std::vector<YuNetPlace> &places, int width)
{
    YuNetSheet sheet{places, {width, 0}};
    cv::Point at;
    int rowHeight = 0;
    for (YuNetPlace &place : sheet.places) {
        const cv::Size size = scaled(place.part, place.scale);
        if (at.x + size.width > width) {
            at = {0, at.y + rowHeight};
            rowHeight = 0;
        }
        place.shown = {at, size};
        at.x += size.width;
        rowHeight = std::max(rowHeight, size.height);
    }
    sheet.input.height = stepped(at.y + rowHeight);
    return sheet;
}

/// The cheapest sheet that has all `places`.
YuNetSheet arranged(std::vector<YuNetPlace> places)
{
    std::stable_sort(places.begin(), places.end(), [](const YuNetPlace &a, const YuNetPlace &b) {
        return scaled(a.part, a.scale).height > scaled(b.part, b.scale).height;
    });
    int widest = LeastWidth;
    int sum = 0;
    for (const YuNetPlace &place : places) {
        const int width = scaled(place.part, place.scale).width;
        widest = std::max(widest, width);
        sum += width;
    }
    YuNetSheet best;
    for (int width = stepped(widest); best.places.empty() || width <= stepped(sum);
         width = stepped(width + 1)) {
        YuNetSheet sheet = inRows(places, width);
        if (best.places.empty() || costOf(sheet) < costOf(best))
            best = std::move(sheet);
    }
    return best;
}

/// A place that has the sheet for itself fills it with as much of the frame as there is.
void fillUp(YuNetSheet &sheet, const cv::Rect &region)
{
    YuNetPlace &place = sheet.places.front();
    cv::Rect &part = place.part;
    widen(part.x, part.width, static_cast<int>(sheet.input.width / place.scale), region.x,
          region.x + region.width);
    widen(part.y, part.height, static_cast<int>(sheet.input.height / place.scale), region.y,
          region.y + region.height);
    place.shown = cv::Rect({}, scaled(part, place.scale)) & cv::Rect({}, sheet.input);
}

} // namespace

double costOf(const YuNetSheet &sheet)
{
    return sheet.places.empty() ? 0 : static_cast<double>(sheet.input.area()) + RunInPixels;
}

YuNetSheet wholeSheet(const cv::Rect &region, const DetectTuning &tuning)
{
    const cv::Size small = scaled(region, tuning.yunet.scale);
    return {{{region, tuning.yunet.scale, {{}, small}}},
            {std::max(LeastWidth, padded(small.width)), padded(small.height)}};
}

YuNetSheet sheetFor(std::span<const Look> looks, const Size &frame, const cv::Rect &region,
                    const DetectTuning &tuning)
{
    const YuNetSheet whole = wholeSheet(region, tuning);
    if (std::any_of(looks.begin(), looks.end(), isEverywhere))
        return whole;
    std::vector<YuNetPlace> places;
    for (const Look &look : looks) {
        for (const Look &part : bySize(look, frame)) {
            const YuNetPlace place = placeFor(part, frame, region, tuning);
            if (place.part.empty())
                continue;
            places.push_back(place);
            while (joinTwo(places)) {
            }
        }
    }
    if (places.empty())
        return {};
    YuNetSheet sheet = arranged(std::move(places));
    if (costOf(sheet) >= costOf(whole))
        return whole;
    if (sheet.places.size() == 1)
        fillUp(sheet, region);
    return sheet;
}

} // namespace facetrack

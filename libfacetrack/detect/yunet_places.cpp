#include "libfacetrack/detect/yunet_places.h"

#include <algorithm>
#include <cmath>

namespace facetrack {

namespace {

constexpr int Multiple = 32; // the coarsest of YuNet's strides

// Measured with yunet_s: a run takes as long as this many pixels, were there no pixels at all.
constexpr double RunInPixels = 11'000;

// YuNet judges a face by its surroundings too: so much of its width is shown on each side of it.
constexpr float Surroundings = 0.8F;
// Faces are higher than wide by up to so much.
constexpr float HeightToWidth = 1.5F;

// Width in which the narrowest face of a look is shown, where the frame has it; with 16 pixels a
// tenth of the faces that the whole look finds are not found again.
constexpr double EnoughPixels = 22;
// A small face is shown so much larger than in the whole look. That costs next to nothing here,
// and a face at the edge of what the network can do is not lost by lying on another pixel.
constexpr double Finer = 1.5;

int padded(int side)
{
    return (side + Multiple - 1) / Multiple * Multiple;
}

/// Few sizes: steps of 32 at first, then of a quarter to an eighth of the size.
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

/// Gives `place` one of the few sizes, filled with as much of the frame as there is.
YuNetPlace fitted(YuNetPlace place, const cv::Rect &region)
{
    const cv::Size small = scaled(place.part, place.scale);
    place.input = {stepped(small.width), stepped(small.height)};
    widen(place.part.x, place.part.width, static_cast<int>(place.input.width / place.scale),
          region.x, region.x + region.width);
    widen(place.part.y, place.part.height, static_cast<int>(place.input.height / place.scale),
          region.y, region.y + region.height);
    return place;
}

YuNetPlace placeFor(const Look &look, const Size &frame, const cv::Rect &region,
                    const DetectTuning &tuning)
{
    YuNetPlace place = wholePlace(region, tuning);
    if (look.most > 0)
        place.scale *= Finer;
    if (look.least > 0)
        place.scale = std::min(place.scale, EnoughPixels / static_cast<double>(look.least));
    if (look.most > 0) {
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
    }
    return place.part.empty() ? place : fitted(place, region);
}

bool isEverywhere(const Look &look)
{
    return look == Look{};
}

/// Both in one run, with enough pixels for each.
YuNetPlace together(const YuNetPlace &a, const YuNetPlace &b, const cv::Rect &region)
{
    return fitted({a.part | b.part, std::max(a.scale, b.scale), {}}, region);
}

/// Replaces two places by one as long as that is cheaper. False when no two are left to join.
bool joinTwo(std::vector<YuNetPlace> &places, const cv::Rect &region)
{
    for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t j = i + 1; j < places.size(); ++j) {
            const YuNetPlace both = together(places[i], places[j], region);
            if (costOf(both) > costOf(places[i]) + costOf(places[j]))
                continue;
            places[i] = both;
            places.erase(places.begin() + static_cast<std::ptrdiff_t>(j));
            return true;
        }
    return false;
}

} // namespace

double costOf(const YuNetPlace &place)
{
    return static_cast<double>(place.input.area()) + RunInPixels;
}

YuNetPlace wholePlace(const cv::Rect &region, const DetectTuning &tuning)
{
    const cv::Size small = scaled(region, tuning.yunet.scale);
    return {region, tuning.yunet.scale, {padded(small.width), padded(small.height)}};
}

std::vector<YuNetPlace> placesFor(std::span<const Look> looks, const Size &frame,
                                  const cv::Rect &region, const DetectTuning &tuning)
{
    const YuNetPlace whole = wholePlace(region, tuning);
    if (std::any_of(looks.begin(), looks.end(), isEverywhere))
        return {whole};
    std::vector<YuNetPlace> places;
    double sum = 0;
    for (const Look &look : looks) {
        const YuNetPlace place = placeFor(look, frame, region, tuning);
        if (place.part.empty())
            continue;
        places.push_back(place);
        while (joinTwo(places, region)) {
        }
    }
    for (const YuNetPlace &place : places)
        sum += costOf(place);
    return sum > costOf(whole) ? std::vector<YuNetPlace>{whole} : places;
}

} // namespace facetrack

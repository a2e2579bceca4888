#include "libfacetrack/stream/overlay.h"

#include <QString>
#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace facetrack {

namespace {

constexpr YuvColour Dark{16, 128, 128};

/// The four sides as strips of `thickness`, whole or in dashes.
std::vector<PixelRect> strips(const PixelRect &box, int thickness, BoxLine line)
{
    std::vector<PixelRect> result;
    const int dash = 5 * thickness;
    const auto along = [&](int from, int to, auto &&strip) {
        if (line == BoxLine::Solid) {
            result.push_back(strip(from, to));
            return;
        }
        for (int at = from; at < to; at += 2 * dash)
            result.push_back(strip(at, std::min(at + dash, to)));
    };
    along(box.left, box.right, [&](int from, int to) {
        return PixelRect{from, box.top, to, box.top + thickness};
    });
    along(box.left, box.right, [&](int from, int to) {
        return PixelRect{from, box.bottom - thickness, to, box.bottom};
    });
    along(box.top, box.bottom, [&](int from, int to) {
        return PixelRect{box.left, from, box.left + thickness, to};
    });
    along(box.top, box.bottom, [&](int from, int to) {
        return PixelRect{box.right - thickness, from, box.right, to};
    });
    return result;
}

PixelRect grown(const PixelRect &rect, int by)
{
    return {rect.left - by, rect.top - by, rect.right + by, rect.bottom + by};
}

/// Even edges, because chroma has one sample for two pixels: an odd edge would bleed colour.
PixelRect pixels(const Box &box, Size size)
{
    const auto even = [](float fraction, int length) {
        // Far outside is as good as outside, and keeps the cast and the dashes within bounds.
        const float inside = std::clamp(fraction, -1.0F, 2.0F);
        return 2 * static_cast<int>(std::lround(0.5F * inside * static_cast<float>(length)));
    };
    return {even(box.x, size.width), even(box.y, size.height), even(box.x + box.w, size.width),
            even(box.y + box.h, size.height)};
}

} // namespace

std::string asciiOf(const std::string &utf8)
{
    const QString apart = QString::fromStdString(utf8).normalized(QString::NormalizationForm_KD);
    std::string ascii;
    for (const QChar letter : apart) {
        if (letter.isMark() || letter.isLowSurrogate())
            continue;
        const bool known = letter.unicode() >= 0x20 && letter.unicode() < 0x7f;
        ascii += known ? static_cast<char>(letter.unicode()) : '?';
    }
    return ascii;
}

YuvColour trackColour(std::uint32_t id)
{
    // Bright on purpose: the dark outline gives the contrast on bright pictures.
    static constexpr std::array<YuvColour, 8> colours{{
        {200, 60, 70},   // green
        {215, 20, 150},  // yellow
        {180, 175, 40},  // cyan
        {170, 115, 195}, // pink
        {165, 35, 195},  // orange
        {160, 185, 110}, // light blue
        {225, 70, 120},  // pale lime
        {175, 160, 160}, // violet
    }};
    return colours[id % colours.size()];
}

void drawBoxes(Canvas &canvas, std::span<const Track> faces, BoxLine line)
{
    const Size size = canvas.size();
    const int thickness = std::max(2, size.width / 540 * 2);
    const int outline = std::max(1, thickness / 2);
    for (const Track &face : faces) {
        const PixelRect box = pixels(face.box, size);
        if (box.right <= box.left || box.bottom <= box.top)
            continue;
        const std::vector<PixelRect> sides = strips(box, thickness, line);
        for (const PixelRect &side : sides)
            canvas.fill(grown(side, outline), Dark);
        for (const PixelRect &side : sides)
            canvas.fill(side, trackColour(face.id));
    }
}

void drawVeil(Canvas &canvas, std::span<const Box> places, bool hidden)
{
    constexpr YuvColour Grey{96, 128, 128};
    for (const Box &place : places) {
        const PixelRect rect = pixels(place, canvas.size());
        if (hidden)
            canvas.fill(rect, Grey);
        else
            canvas.average(rect);
    }
}

void drawCaption(Canvas &canvas, const std::string &utf8)
{
    const std::string text = asciiOf(utf8);
    const Size size = canvas.size();
    if (text.empty() || size.empty())
        return;
    // Capital letters are 21 pixels high at scale 1; about a fortieth of the width reads well.
    double scale = std::clamp(size.width / 40.0 / 21.0, 0.4, 2.0);
    const int thickness = scale >= 1 ? 2 : 1;
    int below = 0;
    cv::Size area = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, thickness, &below);
    const int margin = std::max(2, area.height / 2);
    const int room = size.width - 2 * margin;
    if (area.width > room && room > 0) {
        scale *= static_cast<double>(room) / area.width;
        area = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, thickness, &below);
    }
    constexpr double SmallestReadable = 0.25;
    if (scale < SmallestReadable)
        return; // it would only hide the picture
    const int baseline = size.height - margin - below / 2;
    canvas.darken({0, baseline - area.height - margin, area.width + 2 * margin, size.height});
    canvas.text(margin, baseline, text, scale, thickness, 240);
}

void drawSign(Canvas &canvas, const std::string &utf8, SignLight light)
{
    const std::string text = asciiOf(utf8);
    const Size size = canvas.size();
    if (text.empty() || size.empty())
        return;
    const cv::Size unit = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, 1, 1, nullptr);
    const double scale = std::min(0.9 * size.width / std::max(unit.width, 1),
                                  0.18 * size.height / std::max(unit.height, 1));
    const int thickness = std::max(1, static_cast<int>(std::lround(3 * scale)));
    const int height = static_cast<int>(std::lround(unit.height * scale));
    const int width = static_cast<int>(std::lround(unit.width * scale));
    const int middle = size.height / 2;
    const bool bright = light == SignLight::Bright;
    constexpr YuvColour Bright{235, 128, 128};
    canvas.fill({0, middle - height, size.width, middle + height}, bright ? Bright : Dark);
    canvas.text((size.width - width) / 2, middle + height / 2, text, scale, thickness,
                bright ? 16 : 240);
}

} // namespace facetrack

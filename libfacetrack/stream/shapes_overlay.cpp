#include "libfacetrack/stream/shapes_overlay.h"

#include "libfacetrack/stream/overlay.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string>

namespace facetrack {

namespace {

constexpr YuvColour Dark{16, 128, 128};
constexpr YuvColour ZoneColour{190, 170, 60};  // light blue
constexpr YuvColour LineColour{215, 20, 150};  // yellow
constexpr YuvColour MaskColour{170, 128, 128}; // grey

class Pen
{
public:
    explicit Pen(Canvas &canvas)
        : m_canvas(canvas), m_thickness(std::max(2, canvas.size().width / 540 * 2))
    {}

    PixelPoint at(const Point &point) const
    {
        const Size size = m_canvas.size();
        return {static_cast<int>(std::lround(point.x * static_cast<float>(size.width - 1))),
                static_cast<int>(std::lround(point.y * static_cast<float>(size.height - 1)))};
    }

    std::vector<PixelPoint> at(const Shape &shape) const
    {
        std::vector<PixelPoint> points;
        for (const Point &point : shape.points)
            points.push_back(at(point));
        return points;
    }

    /// All of the dark outline first, so that no corner is dark.
    void path(std::vector<PixelPoint> points, bool closed, YuvColour colour)
    {
        if (closed && !points.empty())
            points.push_back(points.front());
        const int wide = m_thickness + 2 * std::max(1, m_thickness / 2);
        for (std::size_t i = 1; i < points.size(); ++i)
            m_canvas.line(points[i - 1], points[i], Dark, wide);
        for (std::size_t i = 1; i < points.size(); ++i)
            m_canvas.line(points[i - 1], points[i], colour, m_thickness);
    }

    /// On a dark ground beside `at`: to the right and below of it with `across` and `down` 1, to the
    /// left and above with -1, with 0 in the middle. Moved into the picture.
    void label(PixelPoint at, const std::string &utf8, double across = 1, double down = 1)
    {
        const std::string text = asciiOf(utf8);
        const Size size = m_canvas.size();
        const double scale = std::clamp(size.width / 50.0 / 21.0, 0.35, 1.5);
        int below = 0;
        const cv::Size area = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, 1, &below);
        const int margin = std::max(2, area.height / 3);
        const int width = area.width + 2 * margin;
        const int height = area.height + below + 2 * margin;
        if (text.empty() || width > size.width || height > size.height)
            return;
        const int left = at.x + static_cast<int>(std::lround((across - 1) / 2 * width));
        const int top = at.y + static_cast<int>(std::lround((down - 1) / 2 * height));
        const int x = std::clamp(left, 0, size.width - width) / 2 * 2;
        const int y = std::clamp(top, 0, size.height - height) / 2 * 2;
        m_canvas.darken({x, y, x + width, y + height});
        m_canvas.text(x + margin, y + margin + area.height, text, scale, 1, 240);
    }

    int thickness() const { return m_thickness; }

private:
    Canvas &m_canvas;
    int m_thickness;
};

void drawZone(Pen &pen, const Shape &zone, std::span<const Track> faces)
{
    const auto points = pen.at(zone);
    pen.path(points, true, ZoneColour);
    const auto inside = std::count_if(faces.begin(), faces.end(), [&](const Track &face) {
        return contains(zone, {face.box.x + face.box.w / 2, face.box.y + face.box.h / 2});
    });
    const auto top = std::min_element(points.begin(), points.end(), [](const auto &a, const auto &b) {
        return a.y < b.y;
    });
    pen.label({top->x, top->y}, zone.name + ": " + std::to_string(inside));
}

/// The first direction is from the left hand to the right hand of someone who looks along the line.
std::string wayAndCount(const Shape &line, std::size_t way, const CrossingCounts &crossings)
{
    const auto found = crossings.find({line.name, line.ways[way]});
    return line.ways[way] + " " + std::to_string(found == crossings.end() ? 0 : found->second);
}

void drawLine(Pen &pen, const Shape &line, const CrossingCounts &crossings)
{
    const auto points = pen.at(line);
    const PixelPoint a = points.front();
    const PixelPoint b = points.back();
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    if (length < 1)
        return;
    const double reach = std::max(8.0 * pen.thickness(), 12.0);
    const double x = -(b.y - a.y) / length;
    const double y = (b.x - a.x) / length;
    const auto moved = [&](PixelPoint from, double along, double across) {
        return PixelPoint{static_cast<int>(std::lround(from.x + x * across + y * along)),
                          static_cast<int>(std::lround(from.y + y * across - x * along))};
    };
    const PixelPoint middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
    const PixelPoint tip = moved(middle, 0, reach);
    pen.path({a, b}, false, LineColour);
    pen.path({moved(middle, 0, -reach), tip}, false, LineColour);
    pen.path({moved(tip, -reach / 3, -reach / 3), tip, moved(tip, reach / 3, -reach / 3)}, false,
             LineColour);
    pen.label(moved(tip, 0, reach / 3), wayAndCount(line, 0, crossings), x, y);
    pen.label(moved(middle, 0, -1.3 * reach), wayAndCount(line, 1, crossings), -x, -y);
    pen.label(a, line.name);
}

} // namespace

void drawShapes(Canvas &canvas, const PictureShapes &shapes, std::span<const Track> faces,
                const CrossingCounts &crossings)
{
    Pen pen(canvas);
    for (const Shape &mask : shapes.masks) {
        if (mask.points.size() < 3)
            continue;
        const auto points = pen.at(mask);
        canvas.hatch(points, 4 * pen.thickness());
        pen.path(points, true, MaskColour);
        pen.label(points.front(), mask.name);
    }
    for (const Shape &zone : shapes.zones)
        if (zone.points.size() >= 3)
            drawZone(pen, zone, faces);
    for (const Shape &line : shapes.lines)
        if (line.points.size() >= 2)
            drawLine(pen, line, crossings);
}

} // namespace facetrack

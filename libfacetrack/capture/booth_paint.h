// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "libfacetrack/capture/booth_random.h"

/// \file
/// A small painter: shapes given as signed distances (negative inside) laid over one another with
/// soft edges.

namespace facetrack::booth {

/// A colour, 0..1 per channel, as shown (gamma encoded).
struct Rgb
{
    float r = 0;
    float g = 0;
    float b = 0;
};

inline Rgb operator*(Rgb c, float k) { return {c.r * k, c.g * k, c.b * k}; }
inline Rgb blend(Rgb a, Rgb b, float t)
{
    return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}
constexpr Rgb rgb8(int r, int g, int b)
{
    return {static_cast<float>(r) / 255.0F, static_cast<float>(g) / 255.0F,
            static_cast<float>(b) / 255.0F};
}

inline float luma(Rgb c) { return 0.299F * c.r + 0.587F * c.g + 0.114F * c.b; }

/// `c` made as bright as `times` the brightness of `like`. Patterns that differ in hue but little
/// in brightness are plain to people and nothing to a cascade, which reads brightness only and
/// takes bold patterns for faces.
inline Rgb asBright(Rgb c, Rgb like, float times)
{
    const float k = luma(like) * times / std::max(0.03F, luma(c));
    return {std::min(1.0F, c.r * k), std::min(1.0F, c.g * k), std::min(1.0F, c.b * k)};
}

/// Bounds of a shape in the canvas's units.
struct Bounds
{
    float x0, y0, x1, y1;
};

struct Vec
{
    float x = 0;
    float y = 0;
};

/// Signed distances. All of them are in the units of their arguments.
float ellipseDistance(Vec p, Vec centre, Vec radius);
float segmentDistance(Vec p, Vec a, Vec b);
float boxDistance(Vec p, Vec centre, Vec half, float rounding = 0);
float polygonDistance(Vec p, const std::vector<Vec> &corners);
Vec turned(Vec p, Vec about, float sinus, float cosinus);

/// Smooth noise in 0..1 whose cells are one unit large.
float smoothNoise(std::uint64_t seed, float x, float y);

/// Whether paint also covers what is still transparent, or only recolours what is painted already.
enum class Where { Anywhere, OnPaint };

/// A floating point picture with premultiplied alpha.
class Canvas
{
public:
    struct Texel
    {
        float r = 0;
        float g = 0;
        float b = 0;
        float a = 0;
    };

    /// `originX`, `originY`: the units' origin in pixels.
    Canvas(int width, int height, float pixelsPerUnit, float originX, float originY);

    /// Gives every pixel an x of its own (row by row, rising within a row), for pictures wrapped
    /// round a head.
    void bendX(std::vector<float> xs) { m_xs = std::move(xs); }

    int width() const { return m_width; }
    int height() const { return m_height; }
    float pixel() const { return m_pixel; } ///< size of one pixel in units
    float yAt(int row) const { return (static_cast<float>(row) + 0.5F - m_originY) * m_pixel; }
    const Texel &at(int x, int y) const { return m_texels[index(x, y)]; }

    /// Paints where `distance(Vec)` is negative with `colour(Vec)`; the edge is `soft` units wide
    /// (never less than a pixel).
    template<class Distance, class Colour>
    void paint(Bounds in, Distance distance, Colour colour, float opacity, float soft,
               Where where = Where::Anywhere);

    void ellipse(Vec centre, Vec radius, Rgb c, float opacity, float soft,
                 Where where = Where::Anywhere);
    void stroke(const std::vector<Vec> &line, float thickness, Rgb c, float opacity, float soft,
                Where where = Where::Anywhere);
    void polygon(const std::vector<Vec> &corners, Rgb c, float opacity, float soft,
                 Where where = Where::Anywhere);
    void box(Vec centre, Vec half, float rounding, Rgb c, float opacity, float soft,
             Where where = Where::Anywhere);

    /// Lays a canvas of the same size over this one.
    void overlay(const Canvas &top);

private:
    std::size_t index(int x, int y) const
    {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) +
               static_cast<std::size_t>(x);
    }
    const float *rowX(int y) const
    {
        return m_xs.data() + (m_xs.size() > static_cast<std::size_t>(m_width) ? index(0, y) : 0);
    }
    static void lay(Texel &t, Rgb c, float cover, Where where);

    int m_width;
    int m_height;
    float m_pixel;
    float m_originY;
    std::vector<Texel> m_texels;
    std::vector<float> m_xs;
};

inline void Canvas::lay(Texel &t, Rgb c, float cover, Where where)
{
    const float add = where == Where::OnPaint ? cover * t.a : cover;
    const float keep = 1 - cover;
    t.r = t.r * keep + c.r * add;
    t.g = t.g * keep + c.g * add;
    t.b = t.b * keep + c.b * add;
    t.a = t.a * keep + add;
}

template<class Distance, class Colour>
void Canvas::paint(Bounds in, Distance distance, Colour colour, float opacity, float soft,
                   Where where)
{
    soft = std::max(soft, m_pixel);
    const float pad = soft * 0.5F;
    const int top =
        std::max(0, static_cast<int>(std::floor((in.y0 - pad) / m_pixel + m_originY - 0.5F)));
    const int bottom = std::min(
        m_height - 1, static_cast<int>(std::ceil((in.y1 + pad) / m_pixel + m_originY - 0.5F)));
    for (int row = top; row <= bottom; ++row) {
        const float *xs = rowX(row);
        const float y = yAt(row);
        const float *first = std::lower_bound(xs, xs + m_width, in.x0 - pad);
        for (int col = static_cast<int>(first - xs); col < m_width && xs[col] <= in.x1 + pad;
             ++col) {
            const Vec p{xs[col], y};
            const float d = distance(p);
            if (d >= pad)
                continue;
            const float cover = opacity * (1 - ramp(-pad, pad, d));
            lay(m_texels[index(col, row)], colour(p), cover, where);
        }
    }
}

} // namespace facetrack::booth

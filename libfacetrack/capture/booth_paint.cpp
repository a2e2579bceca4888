// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_paint.h"

#include <limits>

namespace facetrack::booth {

float ellipseDistance(Vec p, Vec centre, Vec radius)
{
    // First-order distance (value over gradient): exact on the outline, which is where edges are
    // drawn.
    const float nx = (p.x - centre.x) / radius.x;
    const float ny = (p.y - centre.y) / radius.y;
    const float k = std::sqrt(nx * nx + ny * ny);
    const float gx = nx / radius.x;
    const float gy = ny / radius.y;
    const float g = std::sqrt(gx * gx + gy * gy);
    return g < 1e-6F ? -std::min(radius.x, radius.y) : k * (k - 1) / g;
}

float segmentDistance(Vec p, Vec a, Vec b)
{
    const float dx = b.x - a.x;
    const float dy = b.y - a.y;
    const float length = dx * dx + dy * dy;
    const float along = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
    const float t = std::clamp(along, 0.0F, 1.0F);
    const float ex = p.x - a.x - dx * t;
    const float ey = p.y - a.y - dy * t;
    return std::sqrt(ex * ex + ey * ey);
}

float boxDistance(Vec p, Vec centre, Vec half, float rounding)
{
    const float qx = std::fabs(p.x - centre.x) - half.x + rounding;
    const float qy = std::fabs(p.y - centre.y) - half.y + rounding;
    const float ox = std::max(qx, 0.0F);
    const float oy = std::max(qy, 0.0F);
    return std::sqrt(ox * ox + oy * oy) + std::min(std::max(qx, qy), 0.0F) - rounding;
}

float polygonDistance(Vec p, const std::vector<Vec> &corners)
{
    float nearest = std::numeric_limits<float>::max();
    bool inside = false;
    for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
        const Vec a = corners[i];
        const Vec b = corners[j];
        nearest = std::min(nearest, segmentDistance(p, a, b));
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
            inside = !inside;
    }
    return inside ? -nearest : nearest;
}

Vec turned(Vec p, Vec about, float sinus, float cosinus)
{
    const float dx = p.x - about.x;
    const float dy = p.y - about.y;
    return {about.x + dx * cosinus + dy * sinus, about.y - dx * sinus + dy * cosinus};
}

float smoothNoise(std::uint64_t seed, float x, float y)
{
    const float fx = std::floor(x);
    const float fy = std::floor(y);
    const auto ix = static_cast<std::uint64_t>(static_cast<std::int64_t>(fx));
    const auto iy = static_cast<std::uint64_t>(static_cast<std::int64_t>(fy));
    const float tx = ramp(0.0F, 1.0F, x - fx);
    const float ty = ramp(0.0F, 1.0F, y - fy);
    const auto value = [seed](std::uint64_t cx, std::uint64_t cy) {
        return unit(mix(seed ^ mix(cx * 0x10001 + cy)));
    };
    const float top = value(ix, iy) * (1 - tx) + value(ix + 1, iy) * tx;
    const float bottom = value(ix, iy + 1) * (1 - tx) + value(ix + 1, iy + 1) * tx;
    return top * (1 - ty) + bottom * ty;
}

namespace {

Bounds boundsOf(const std::vector<Vec> &points, float margin)
{
    Bounds b{1e9F, 1e9F, -1e9F, -1e9F};
    for (const Vec &p : points) {
        b.x0 = std::min(b.x0, p.x - margin);
        b.y0 = std::min(b.y0, p.y - margin);
        b.x1 = std::max(b.x1, p.x + margin);
        b.y1 = std::max(b.y1, p.y + margin);
    }
    return b;
}

} // namespace

Canvas::Canvas(int width, int height, float pixelsPerUnit, float originX, float originY)
    : m_width(width), m_height(height), m_pixel(1 / pixelsPerUnit), m_originY(originY),
      m_texels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)),
      m_xs(static_cast<std::size_t>(width))
{
    for (int x = 0; x < width; ++x)
        m_xs[static_cast<std::size_t>(x)] = (static_cast<float>(x) + 0.5F - originX) * m_pixel;
}

void Canvas::ellipse(Vec centre, Vec radius, Rgb c, float opacity, float soft, Where where)
{
    paint(
        {centre.x - radius.x, centre.y - radius.y, centre.x + radius.x, centre.y + radius.y},
        [=](Vec p) { return ellipseDistance(p, centre, radius); }, [=](Vec) { return c; }, opacity,
        soft, where);
}

void Canvas::stroke(const std::vector<Vec> &line, float thickness, Rgb c, float opacity, float soft,
                    Where where)
{
    const float half = thickness * 0.5F;
    const auto distance = [&](Vec p) {
        float nearest = std::numeric_limits<float>::max();
        for (std::size_t i = 0; i + 1 < line.size(); ++i)
            nearest = std::min(nearest, segmentDistance(p, line[i], line[i + 1]));
        return nearest - half;
    };
    paint(boundsOf(line, half), distance, [=](Vec) { return c; }, opacity, soft, where);
}

void Canvas::polygon(const std::vector<Vec> &corners, Rgb c, float opacity, float soft, Where where)
{
    paint(
        boundsOf(corners, 0), [&](Vec p) { return polygonDistance(p, corners); },
        [=](Vec) { return c; }, opacity, soft, where);
}

void Canvas::box(Vec centre, Vec half, float rounding, Rgb c, float opacity, float soft,
                 Where where)
{
    paint(
        {centre.x - half.x, centre.y - half.y, centre.x + half.x, centre.y + half.y},
        [=](Vec p) { return boxDistance(p, centre, half, rounding); }, [=](Vec) { return c; },
        opacity, soft, where);
}

void Canvas::overlay(const Canvas &top)
{
    for (std::size_t i = 0; i < m_texels.size() && i < top.m_texels.size(); ++i) {
        const Texel &t = top.m_texels[i];
        Texel &under = m_texels[i];
        const float keep = 1 - t.a;
        under = {under.r * keep + t.r, under.g * keep + t.g, under.b * keep + t.b,
                 under.a * keep + t.a};
    }
}

} // namespace facetrack::booth

// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_room.h"

#include <algorithm>
#include <cstring>

#include "libfacetrack/capture/booth_room_paint.h"

namespace facetrack::booth {

Camera::Camera(int width, int height)
    : focal(0.92F * std::min(static_cast<float>(width), static_cast<float>(height) * 1.5111F)),
      centreX(static_cast<float>(width) / 2), horizon(static_cast<float>(height) * 0.4F)
{
}

bool Room::Occluder::hides(int px, int py) const
{
    if (px < x || py < y || px >= x + width || py >= y + height)
        return false;
    return alpha[static_cast<std::size_t>(py - y) * static_cast<std::size_t>(width) +
                 static_cast<std::size_t>(px - x)] > 127;
}

Room::Room(std::uint64_t seed, int width, int height)
    : m_width(width), m_height(height), m_stageBottom(height), m_camera(width, height)
{
    m_floor.halfWidth = static_cast<float>(width) / 2 / m_camera.focal;
    const float reach = m_floor.halfWidth * m_floor.wallZ - 1.2F;
    m_floor.doorX = (unit(hash(seed, 20)) * 2 - 1) * std::max(0.0F, reach) * 0.8F;

    const Decor decor{m_camera,
                      m_floor,
                      seed,
                      static_cast<float>(width),
                      static_cast<float>(height),
                      m_camera.focal / 1001};
    Canvas room(width, height, 1, 0, 0);
    paintShell(room, decor);
    paintWallThings(room, decor);
    paintDoor(room, decor);
    paintLamps(room, decor);
    addWallBesideDoor(m_camera.x(m_floor.doorX - kDoorHalf, m_floor.wallZ),
                      m_camera.x(m_floor.doorX + kDoorHalf, m_floor.wallZ),
                      m_camera.y(kDoorTall, m_floor.wallZ));

    const float side = hash(seed, 34) % 2 ? 1.0F : -1.0F;
    Canvas display(width, height, 1, 0, 0);
    stand(room, display, paintDisplay(display, decor, side));
    Canvas plant(width, height, 1, 0, 0);
    stand(room, plant, paintPlant(plant, decor, -side));
    Canvas counter(width, height, 1, 0, 0);
    stand(room, counter, paintCounter(counter, decor));
    while (m_stageBottom > 0 && counter.at(0, m_stageBottom - 1).a > 0.999F &&
           counter.at(m_width - 1, m_stageBottom - 1).a > 0.999F)
        --m_stageBottom;
    m_stageBottom = std::min(m_height, (m_stageBottom + 1) / 2 * 2); // chroma rows are whole
    keep(room);
}

void Room::addWallBesideDoor(float left, float right, float top)
{
    Occluder wall;
    wall.z = m_floor.wallZ;
    const int reach = static_cast<int>(m_camera.focal * 0.5F / m_floor.wallZ);
    const int x0 = std::clamp(static_cast<int>(left) - reach, 0, m_width);
    const int x1 = std::clamp(static_cast<int>(right) + reach, 0, m_width);
    wall.x = x0;
    wall.width = x1 - x0;
    wall.height = std::clamp(static_cast<int>(m_camera.y(0, m_floor.wallZ)), 0, m_height);
    wall.alpha.assign(static_cast<std::size_t>(wall.width) * static_cast<std::size_t>(wall.height),
                      255);
    for (int y = 0; y < wall.height; ++y)
        for (int x = 0; x < wall.width; ++x) {
            const auto px = static_cast<float>(x + x0);
            if (px > left && px<right &&static_cast<float>(y)> top)
                wall.alpha[static_cast<std::size_t>(y) * static_cast<std::size_t>(wall.width) +
                           static_cast<std::size_t>(x)] = 0;
        }
    m_occluders.push_back(std::move(wall));
}

void Room::stand(Canvas &room, const Canvas &thing, float z)
{
    int x0 = m_width, y0 = m_height, x1 = 0, y1 = 0;
    for (int y = 0; y < m_height; ++y)
        for (int x = 0; x < m_width; ++x)
            if (thing.at(x, y).a > 0.002F) {
                x0 = std::min(x0, x);
                y0 = std::min(y0, y);
                x1 = std::max(x1, x + 1);
                y1 = std::max(y1, y + 1);
            }
    Occluder occluder;
    occluder.z = z;
    occluder.x = x0;
    occluder.y = y0;
    occluder.width = std::max(0, x1 - x0);
    occluder.height = std::max(0, y1 - y0);
    for (int y = y0; y < y1; ++y)
        for (int x = x0; x < x1; ++x)
            occluder.alpha.push_back(
                static_cast<std::uint8_t>(std::min(255.0F, thing.at(x, y).a * 255 + 0.5F)));
    room.overlay(thing);
    m_occluders.push_back(std::move(occluder));
    std::stable_sort(m_occluders.begin(), m_occluders.end(),
                     [](const Occluder &a, const Occluder &b) { return a.z > b.z; });
}

void Room::keep(const Canvas &canvas)
{
    const int halfWidth = (m_width + 1) / 2;
    const int halfHeight = (m_height + 1) / 2;
    const auto byte = [](float v) {
        return static_cast<std::uint8_t>(std::clamp(v + 0.5F, 0.0F, 255.0F));
    };
    const auto yuv = [&](int x, int y) {
        const Canvas::Texel &t = canvas.at(std::min(x, m_width - 1), std::min(y, m_height - 1));
        return toYuv({t.r, t.g, t.b});
    };
    for (int y = 0; y < m_height; ++y)
        for (int x = 0; x < m_width; ++x)
            m_y.push_back(byte(yuv(x, y).y));
    for (int y = 0; y < halfHeight; ++y)
        for (int x = 0; x < halfWidth; ++x) {
            const Yuv a = yuv(2 * x, 2 * y);
            const Yuv b = yuv(2 * x + 1, 2 * y + 1);
            m_u.push_back(byte((a.u + b.u) / 2));
            m_v.push_back(byte((a.v + b.v) / 2));
        }
}

void Room::drawBackground(const Planes &planes) const
{
    const auto copy = [](std::uint8_t *to, int stride, const std::vector<std::uint8_t> &from,
                         int width, int height) {
        for (int y = 0; y < height; ++y)
            std::memcpy(to + static_cast<std::ptrdiff_t>(y) * stride,
                        from.data() + static_cast<std::ptrdiff_t>(y) * width,
                        static_cast<std::size_t>(width));
    };
    copy(planes.y, planes.yStride, m_y, m_width, m_height);
    copy(planes.u, planes.uStride, m_u, (m_width + 1) / 2, (m_height + 1) / 2);
    copy(planes.v, planes.vStride, m_v, (m_width + 1) / 2, (m_height + 1) / 2);
}

void Room::drawOccluder(const Planes &planes, const Occluder &o, int from, int to) const
{
    const int left = std::max(o.x, from);
    const int right = std::min(o.x + o.width, to);
    const auto put = [](std::uint8_t *under, std::uint8_t colour, std::uint32_t alpha) {
        *under = over(colour * alpha * 257 >> 16, alpha, *under);
    };
    for (int row = 0; row < o.height && o.y + row < m_stageBottom; ++row) {
        const int y = o.y + row;
        const std::uint8_t *alpha =
            o.alpha.data() + static_cast<std::ptrdiff_t>(row) * o.width - o.x;
        const std::uint8_t *source = m_y.data() + static_cast<std::ptrdiff_t>(y) * m_width;
        std::uint8_t *luma = planes.y + static_cast<std::ptrdiff_t>(y) * planes.yStride;
        for (int x = left; x < right; ++x)
            if (alpha[x] != 0)
                put(luma + x, source[x], alpha[x]);
        if (y % 2 != 0)
            continue;
        const std::ptrdiff_t chroma = static_cast<std::ptrdiff_t>(y / 2) * ((m_width + 1) / 2);
        for (int x = (left + 1) / 2; x * 2 < right; ++x) {
            const std::uint32_t a = alpha[x * 2];
            if (a == 0)
                continue;
            put(planes.u + static_cast<std::ptrdiff_t>(y / 2) * planes.uStride + x,
                m_u[static_cast<std::size_t>(chroma + x)], a);
            put(planes.v + static_cast<std::ptrdiff_t>(y / 2) * planes.vStride + x,
                m_v[static_cast<std::size_t>(chroma + x)], a);
        }
    }
}

std::size_t Room::bytes() const
{
    std::size_t sum = m_y.capacity() + m_u.capacity() + m_v.capacity();
    for (const Occluder &o : m_occluders)
        sum += o.alpha.capacity();
    return sum;
}

} // namespace facetrack::booth

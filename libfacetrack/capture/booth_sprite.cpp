// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_sprite.h"

#include <array>
#include <cstring>

namespace facetrack::booth {

Yuv toYuv(Rgb c)
{
    const float y = 0.299F * c.r + 0.587F * c.g + 0.114F * c.b;
    return {y * 255, 128 + (c.b - y) * (255 / 1.772F), 128 + (c.r - y) * (255 / 1.402F)};
}

namespace {

std::uint32_t byte(float v)
{
    return static_cast<std::uint32_t>(std::clamp(v + 0.5F, 0.0F, 255.0F));
}

Texel pack(const Canvas::Texel &t)
{
    const Yuv c =
        toYuv({t.r, t.g, t.b}); // linear, so the premultiplied colour converts as it is ...
    const float offset = 128 * (t.a - 1); // ... but for the constant
    return byte(t.a * 255) << kAlphaShift | byte(c.y) << kYShift | byte(c.u + offset) << kUShift |
           byte(c.v + offset) << kVShift;
}

void findSpans(Sprite::Level &level)
{
    for (int y = 0; y < level.height; ++y) {
        const Texel *row = level.row(y);
        int from = 0;
        int to = level.width;
        while (from < to && (row[from] & 0xff) == 0)
            ++from;
        while (to > from && (row[to - 1] & 0xff) == 0)
            --to;
        level.from.push_back(from);
        level.to.push_back(to);
    }
}

Sprite::Level halved(const Sprite::Level &big)
{
    Sprite::Level small;
    small.width = big.width / 2;
    small.height = big.height / 2;
    small.texels.reserve(static_cast<std::size_t>(small.width) *
                         static_cast<std::size_t>(small.height));
    for (int y = 0; y < small.height; ++y) {
        const Texel *a = big.row(2 * y);
        const Texel *b = big.row(2 * y + 1);
        for (int x = 0; x < small.width; ++x) {
            Texel sum = 0;
            for (int shift = 0; shift < 32; shift += 8) {
                const std::uint32_t four = channel(a[2 * x], shift) + channel(a[2 * x + 1], shift) +
                                           channel(b[2 * x], shift) + channel(b[2 * x + 1], shift);
                sum |= ((four + 2) >> 2) << shift;
            }
            small.texels.push_back(sum);
        }
    }
    findSpans(small);
    return small;
}

} // namespace

Sprite::Sprite(const Canvas &canvas, float pixelsPerUnit, float originX, float originY)
    : m_pixelsPerUnit(pixelsPerUnit), m_originX(originX), m_originY(originY)
{
    Level level;
    level.width = canvas.width();
    level.height = canvas.height();
    for (int y = 0; y < level.height; ++y)
        for (int x = 0; x < level.width; ++x)
            level.texels.push_back(pack(canvas.at(x, y)));
    findSpans(level);
    m_levels.push_back(std::move(level));
    while (m_levels.back().width >= 16 && m_levels.back().height >= 16)
        m_levels.push_back(halved(m_levels.back()));
}

std::size_t Sprite::bytes() const
{
    std::size_t sum = 0;
    for (const Level &level : m_levels)
        sum += level.texels.capacity() * sizeof(Texel) +
               (level.from.capacity() + level.to.capacity()) * sizeof(int);
    return sum;
}

int levelFor(const Sprite &sprite, float step)
{
    int level = 0;
    while (step > 1.4F && level + 1 < static_cast<int>(sprite.levels().size())) {
        step *= 0.5F;
        ++level;
    }
    return level;
}

void lerpRows(const Texel *a, const Texel *b, std::uint32_t t, int from, int to, Texel *out)
{
    // As bytes in 16-bit arithmetic and in blocks of fixed length: so it becomes vector code at -O2
    // on every processor.
    constexpr int kBlock = 16;
    const auto *upper = reinterpret_cast<const std::uint8_t *>(a + from);
    const auto *lower = reinterpret_cast<const std::uint8_t *>(b + from);
    auto *mixed = reinterpret_cast<std::uint8_t *>(out + from);
    const auto wl = static_cast<std::uint16_t>(t);
    const auto wu = static_cast<std::uint16_t>(256 - t);
    const int bytes = 4 * (to - from);
    int i = 0;
    for (; i + kBlock <= bytes; i += kBlock) {
        std::array<std::uint8_t, kBlock>
            block; // the compiler cannot know that the rows do not overlap
        for (std::size_t k = 0; k < kBlock; ++k)
            block[k] = static_cast<std::uint8_t>(
                static_cast<std::uint16_t>(upper[static_cast<std::size_t>(i) + k] * wu +
                                           lower[static_cast<std::size_t>(i) + k] * wl) >>
                8);
        std::memcpy(mixed + i, block.data(), kBlock);
    }
    for (; i < bytes; ++i)
        mixed[i] = static_cast<std::uint8_t>((upper[i] * wu + lower[i] * wl) >> 8);
}

namespace {

/// One of the two resolutions a frame has: luma, or chroma at half of it.
class Pass
{
public:
    Pass(const Planes &planes, const Sprite &sprite, const Placement &at, bool chroma)
        : m_planes(planes), m_chroma(chroma), m_half(chroma ? 0.5F : 1.0F), m_at(at),
          m_width(chroma ? (planes.width + 1) / 2 : planes.width),
          m_height(chroma ? (planes.height + 1) / 2 : planes.height)
    {
        const float stepX = sprite.pixelsPerUnit() / (at.scaleX * m_half);
        const float stepY = sprite.pixelsPerUnit() / (at.scaleY * m_half);
        const int index = levelFor(sprite, std::max(std::fabs(stepX), stepY) * 0.999F);
        m_level = &sprite.levels()[static_cast<std::size_t>(index)];
        const float shrink = 1.0F / static_cast<float>(1 << index);
        m_stepX = stepX * shrink;
        m_stepY = stepY * shrink;
        m_originX = sprite.originX() * shrink;
        m_originY = sprite.originY() * shrink;
        m_row.resize(static_cast<std::size_t>(m_level->width) + 2);
    }

    void run()
    {
        const float top = m_at.y * m_half - m_originY / m_stepY;
        const float bottom = top + static_cast<float>(m_level->height) / m_stepY;
        const int first = std::max(0, static_cast<int>(std::floor(std::max(top, -1.0F))));
        const int last =
            std::min(m_height, static_cast<int>(std::ceil(std::min(bottom, 1e6F))) + 1);
        for (int y = first; y < last; ++y)
            row(y);
    }

private:
    void row(int y)
    {
        const float destY = static_cast<float>(y) + 0.5F - m_at.y * m_half;
        const float sourceY = destY * m_stepY + m_originY - 0.5F;
        const int fixed = static_cast<int>(std::floor(sourceY * 256));
        const int y0 = fixed >> 8;
        if (y0 < 0 || y0 + 1 >= m_level->height)
            return;
        const auto i = static_cast<std::size_t>(y0);
        const int from = std::min(m_level->from[i], m_level->from[i + 1]);
        const int to = std::max(m_level->to[i], m_level->to[i + 1]);
        if (from >= to)
            return;
        lerpRows(m_level->row(y0), m_level->row(y0 + 1), static_cast<std::uint32_t>(fixed & 255),
                 from, to, m_row.data() + 1);
        // One clear texel on either side lets every edge fade out.
        m_row[static_cast<std::size_t>(from)] = 0;
        m_row[static_cast<std::size_t>(to) + 1] = 0;
        const float startX =
            m_at.x * m_half + m_at.shear * destY; // frame x of the origin in this row
        const float base = m_originX + 0.5F -
                           startX * m_stepX; // of texel centres in m_row, which is shifted by one
        span(y, base, from, to);
    }

    void span(int y, float base, int from, int to)
    {
        // Columns whose source lies in [from, to + 1) of the shifted row.
        const float a = (static_cast<float>(from) - base) / m_stepX - 0.5F;
        const float b = (static_cast<float>(to) + 0.98F - base) / m_stepX - 0.5F;
        const float low = std::clamp(std::min(a, b), -1.0F, static_cast<float>(m_width));
        const float high = std::clamp(std::max(a, b), -1.0F, static_cast<float>(m_width));
        int x0 = std::max(0, static_cast<int>(std::ceil(low)));
        int x1 = std::min(m_width, static_cast<int>(std::floor(high)) + 1);
        const auto at = [&](int x) {
            return static_cast<int>(
                std::floor((base + (static_cast<float>(x) + 0.5F) * m_stepX) * 65536));
        };
        const int step = static_cast<int>(std::floor(m_stepX * 65536 + 0.5F));
        const auto outside = [&](int fixed) {
            return fixed < from << 16 || fixed >= (to + 1) << 16;
        };
        while (x0 < x1 && outside(at(x0)))
            ++x0;
        if (x0 >= x1)
            return;
        const int start = at(x0);
        while (x1 > x0 && outside(start + (x1 - 1 - x0) * step))
            --x1;
        if (m_chroma)
            putChroma(y, x0, x1, start, step);
        else
            putLuma(y, x0, x1, start, step);
    }

    void putLuma(int y, int x0, int x1, int fixed, int step)
    {
        std::uint8_t *out = m_planes.y + static_cast<std::ptrdiff_t>(y) * m_planes.yStride;
        const Texel *row = m_row.data();
        const auto light = static_cast<std::uint32_t>(m_at.light);
        for (int x = x0; x < x1; ++x, fixed += step) {
            const Texel *at = row + (fixed >> 16);
            const Texel t = lerpLuma(at[0], at[1], static_cast<std::uint32_t>(fixed >> 8 & 255));
            const std::uint32_t lit = (t >> kYShift) * light >> 8;
            const std::uint32_t alpha = t & 0xff;
            if (alpha >= 254) // most of any body
                out[x] = static_cast<std::uint8_t>(std::min(255U, lit));
            else
                out[x] = over(lit, alpha, out[x]);
        }
    }

    void putChroma(int y, int x0, int x1, int fixed, int step)
    {
        std::uint8_t *u = m_planes.u + static_cast<std::ptrdiff_t>(y) * m_planes.uStride;
        std::uint8_t *v = m_planes.v + static_cast<std::ptrdiff_t>(y) * m_planes.vStride;
        const Texel *row = m_row.data();
        for (int x = x0; x < x1; ++x, fixed += step) {
            const Texel *at = row + (fixed >> 16);
            const Texel t = lerp(at[0], at[1], static_cast<std::uint32_t>(fixed >> 8 & 255));
            u[x] = over(channel(t, kUShift), channel(t, kAlphaShift), u[x]);
            v[x] = over(channel(t, kVShift), channel(t, kAlphaShift), v[x]);
        }
    }

    Planes m_planes;
    bool m_chroma;
    float m_half;
    Placement m_at;
    int m_width;
    int m_height;
    const Sprite::Level *m_level = nullptr;
    float m_stepX = 1;
    float m_stepY = 1;
    float m_originX = 0;
    float m_originY = 0;
    std::vector<Texel> m_row;
};

} // namespace

void draw(const Planes &planes, const Sprite &sprite, const Placement &at)
{
    if (sprite.levels().empty() || std::fabs(at.scaleX) < 0.5F || at.scaleY < 0.5F)
        return;
    Pass(planes, sprite, at, false).run();
    Pass(planes, sprite, at, true).run();
}

} // namespace facetrack::booth

// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_face.h"

#include <array>

#include "libfacetrack/capture/booth_features.h"

namespace facetrack::booth {

float headTop(const Look &look) { return -1.38F - look.hairVolume * 1.1F; }

float headOutline(const Look &look, float y)
{
    constexpr float kWidest = -0.2F;
    constexpr float kChin = 1.4F;
    if (y <= kWidest) {
        const float t = (y - kWidest) / (headTop(look) - kWidest);
        return t >= 1 ? 0 : (1 + look.hairVolume) * std::sqrt(1 - t * t * (0.7F + 0.3F * t));
    }
    const float t = (y - kWidest) / (kChin - kWidest);
    if (t >= 1)
        return 0;
    // Between the oval (t squared) and the square jaw (t cubed); sqrt and products only, see
    // booth_random.h.
    const float mixed = t * t * (1 + (look.jaw - 2) * (t - 1));
    const float hairSide = look.hairVolume * (1 - ramp(kWidest, 0.35F, y));
    return std::sqrt(std::max(0.0F, 1 - mixed)) * (0.985F - 0.1F * t) + hairSide + 0.015F;
}

namespace {

Sprite paintMap(const Look &look, float scale)
{
    const int width = static_cast<int>(6.2831853F * scale / 8) * 8;
    const int height = static_cast<int>((kHeadBottom - kHeadTop) * scale);
    const float perRadian = static_cast<float>(width) / 6.2831853F;
    Canvas canvas(width, height, scale, static_cast<float>(width) / 2, -kHeadTop * scale);
    std::vector<float> xs;
    for (int row = 0; row < height; ++row) {
        const float wide = std::max(0.1F, headOutline(look, canvas.yAt(row)));
        for (int x = 0; x < width; ++x) {
            const float angle =
                (static_cast<float>(x) + 0.5F - static_cast<float>(width) / 2) / perRadian;
            const float past = std::max(0.0F, std::fabs(angle) - 1.5707963F);
            const float side = angle < 0 ? -1.0F : 1.0F;
            xs.push_back(wide * (past > 0 ? side * (1 + past)
                                          : static_cast<float>(sine(static_cast<double>(angle)))));
        }
    }
    canvas.bendX(std::move(xs));
    paintHead(canvas, look);
    return {canvas, scale, static_cast<float>(width) / 2, -kHeadTop * scale};
}

Sprite paintMane(const Look &look, float scale)
{
    const float half = 1.7F;
    const int width = static_cast<int>(2 * half * scale);
    const int height = static_cast<int>(5 * scale);
    const float ox = half * scale;
    const float oy = 2.3F * scale;
    Canvas canvas(width, height, scale, ox, oy);
    const Rgb dark = look.hairColour * 0.72F;
    if (look.hair == Hair::Long)
        canvas.polygon({{-1.0F, -0.9F},
                        {1.0F, -0.9F},
                        {1.16F, 0.2F},
                        {1.22F, 1.6F},
                        {1.1F, 2.1F},
                        {0.8F, 2.3F},
                        {-0.8F, 2.3F},
                        {-1.1F, 2.1F},
                        {-1.22F, 1.6F},
                        {-1.16F, 0.2F}},
                       dark, 1, 0.2F);
    else if (look.hair == Hair::Bob)
        canvas.polygon({{-1.0F, -0.9F},
                        {1.0F, -0.9F},
                        {1.18F, 0.2F},
                        {1.17F, 0.9F},
                        {1.05F, 1.15F},
                        {0.8F, 1.24F},
                        {-0.8F, 1.24F},
                        {-1.05F, 1.15F},
                        {-1.17F, 0.9F},
                        {-1.18F, 0.2F}},
                       dark, 1, 0.2F);
    else if (look.hair == Hair::Bun)
        canvas.ellipse({0, -1.6F}, {0.48F, 0.42F}, look.hairColour * 0.9F, 1, 0.1F);
    else if (look.hair == Hair::Curly)
        for (int i = 0; i < 22; ++i) {
            const double turns = 0.5 + 0.5 * (i - 2.0) / 17;
            const Vec at{static_cast<float>(wave(turns + 0.25)) * 1.12F,
                         static_cast<float>(wave(turns)) * 1.42F - 0.15F};
            canvas.ellipse(
                at, {0.24F, 0.24F},
                look.hairColour *
                    (0.85F + 0.2F * unit(hash(look.seed, 77, static_cast<std::uint64_t>(i)))),
                1, 0.14F);
        }
    return {canvas, scale, ox, oy};
}

Sprite paintLump(const Look &look)
{
    constexpr float kScale = 24;
    Canvas canvas(64, 64, kScale, 32, 32);
    canvas.ellipse({0, 0}, {1, 1}, look.skin * 0.88F, 1, 0.1F);
    canvas.ellipse({0.1F, 0}, {0.5F, 0.6F}, look.skin * 0.74F, 0.7F, 0.5F);
    return {canvas, kScale, 32, 32};
}

/// asin over -1..1.
const std::array<float, 1025> &arcsineTable()
{
    static const std::array<float, 1025> table = [] {
        std::array<float, 1025> t{};
        for (std::size_t i = 0; i < t.size(); ++i)
            t[i] = static_cast<float>(arcsine(static_cast<double>(i) / 512 - 1));
        return t;
    }();
    return table;
}

/// Puts the map into one plane as a turned globe.
class Globe
{
public:
    Globe(const Look &look, const Planes &planes, const Sprite &map, const HeadPlacement &at,
          bool chroma)
        : m_look(look), m_planes(planes), m_at(at), m_chroma(chroma), m_half(chroma ? 0.5F : 1.0F)
    {
        m_width = chroma ? (planes.width + 1) / 2 : planes.width;
        m_height = chroma ? (planes.height + 1) / 2 : planes.height;
        m_scale = at.scale * m_half;
        m_pitchSine = static_cast<float>(sine(static_cast<double>(at.pitch)));
        m_pitchCosine = static_cast<float>(cosine(static_cast<double>(at.pitch)));
        const int index = levelFor(map, map.pixelsPerUnit() / m_scale);
        m_level = &map.levels()[static_cast<std::size_t>(index)];
        m_perUnit = map.pixelsPerUnit() / static_cast<float>(1 << index);
        m_row.resize(static_cast<std::size_t>(m_level->width) + 1);
        // Angles become columns once per frame, not once per pixel.
        const float perRadian = static_cast<float>(m_level->width) / 6.2831853F;
        const int around = m_level->width * 256;
        const float centre = static_cast<float>(m_level->width) * 0.5F - 0.5F - at.yaw * perRadian;
        for (std::size_t i = 0; i < m_column.size(); ++i) {
            int fixed =
                static_cast<int>(std::floor((centre + arcsineTable()[i] * perRadian) * 256)) %
                around;
            m_column[i] = fixed < 0 ? fixed + around : fixed;
            const float across = static_cast<float>(i) / 512 - 1;
            // Light from the upper left; the far sides of the head fall off.
            const float shade = 1.03F - 0.05F * across - 0.2F * across * across * across * across;
            m_shade[i] = static_cast<std::uint32_t>(shade * static_cast<float>(at.light));
        }
    }

    void run()
    {
        const int first =
            std::max(0, static_cast<int>(std::floor(m_at.y * m_half + headTop(m_look) * m_scale)));
        const int last =
            std::min(m_height, static_cast<int>(std::ceil(m_at.y * m_half + 1.42F * m_scale)));
        for (int y = first; y < last; ++y)
            row(y);
    }

private:
    void row(int y)
    {
        const float down = static_cast<float>(y) + 0.5F - m_at.y * m_half;
        const float wide = headOutline(m_look, down / m_scale) * m_scale;
        const float source = (nodded(down / m_scale) - kHeadTop) * m_perUnit - 0.5F;
        const int fixed = static_cast<int>(std::floor(source * 256));
        const int y0 = fixed >> 8;
        if (wide < 0.3F || y0 < 0 || y0 + 1 >= m_level->height)
            return;
        lerpRows(m_level->row(y0), m_level->row(y0 + 1), static_cast<std::uint32_t>(fixed & 255), 0,
                 m_level->width, m_row.data());
        m_row.back() = m_row.front();

        const float centre = m_at.x * m_half + m_at.shear * down;
        const int x0 = std::max(0, static_cast<int>(std::floor(centre - wide - 0.5F)));
        const int x1 = std::min(m_width, static_cast<int>(std::ceil(centre + wide + 0.5F)));
        const float inverse = 512 / wide;
        for (int x = x0; x < x1; ++x) {
            const float across = static_cast<float>(x) + 0.5F - centre;
            const float inside = wide - std::fabs(across) + 0.5F;
            if (inside <= 0)
                continue;
            const int i = std::clamp(static_cast<int>(across * inverse + 512.5F), 0, 1024);
            const auto cover =
                static_cast<std::uint32_t>(inside >= 1 ? 255 : static_cast<int>(inside * 255));
            put(x, y, static_cast<std::size_t>(i), cover);
        }
    }

    /// The height on the upright head that shows at height `y` of the nodding one.
    float nodded(float y) const
    {
        constexpr float kTall =
            1.9F; // no less than any head, hair included: the head's own roundness from top to chin
        const float t = std::clamp(y / kTall, -1.0F, 1.0F);
        return std::max(kHeadTop, kTall * (t * m_pitchCosine - std::sqrt(1 - t * t) * m_pitchSine));
    }

    void put(int x, int y, std::size_t i, std::uint32_t cover)
    {
        const int column = m_column[i];
        const Texel *at = m_row.data() + (column >> 8);
        const auto between = static_cast<std::uint32_t>(column & 255);
        const auto mixed = [cover](std::uint32_t c) { return c * cover * 257 >> 16; };
        if (m_chroma) {
            const Texel t = lerp(at[0], at[1], between);
            std::uint8_t *u = m_planes.u + static_cast<std::ptrdiff_t>(y) * m_planes.uStride + x;
            std::uint8_t *v = m_planes.v + static_cast<std::ptrdiff_t>(y) * m_planes.vStride + x;
            *u = over(mixed(channel(t, kUShift)), cover, *u);
            *v = over(mixed(channel(t, kVShift)), cover, *v);
        } else {
            const Texel t = lerpLuma(at[0], at[1], between);
            std::uint8_t *out = m_planes.y + static_cast<std::ptrdiff_t>(y) * m_planes.yStride + x;
            const std::uint32_t lit = std::min(255U, (t >> kYShift) * m_shade[i] >> 8);
            *out = over(mixed(lit), cover, *out);
        }
    }

    const Look &m_look;
    Planes m_planes;
    HeadPlacement m_at;
    bool m_chroma;
    float m_half;
    int m_width = 0;
    int m_height = 0;
    float m_scale = 1;
    float m_perUnit = 1;
    float m_pitchSine = 0;
    float m_pitchCosine = 1;
    const Sprite::Level *m_level = nullptr;
    std::array<int, 1025> m_column{};
    std::array<std::uint32_t, 1025> m_shade{};
    std::vector<Texel> m_row;
};

} // namespace

Head::Head(const Look &look, float pixelsPerUnit)
    : m_look(look), m_map(paintMap(look, pixelsPerUnit)), m_lump(paintLump(look))
{
    m_hasMane = look.hair == Hair::Long || look.hair == Hair::Bob || look.hair == Hair::Bun ||
                look.hair == Hair::Curly;
    if (m_hasMane)
        m_mane = paintMane(look, pixelsPerUnit * 0.5F);
}

void Head::drawBehind(const Planes &planes, const HeadPlacement &at) const
{
    if (m_hasMane)
        booth::draw(planes, m_mane, {at.x, at.y, at.scale, at.scale, at.shear, at.light});
}

void Head::draw(const Planes &planes, const HeadPlacement &at) const
{
    const auto yawSine = static_cast<float>(sine(static_cast<double>(at.yaw)));
    const auto yawCosine = static_cast<float>(cosine(static_cast<double>(at.yaw)));
    const bool earsCovered = m_look.hair == Hair::Long || m_look.hair == Hair::Bob;
    if (!earsCovered)
        for (const float side : {-1.0F, 1.0F}) {
            const float out = side * (0.99F + m_look.hairVolume * 0.3F) * yawCosine;
            booth::draw(planes, m_lump,
                        {at.x + out * at.scale, at.y + 0.14F * at.scale, side * 0.13F * at.scale,
                         0.28F * at.scale, at.shear, at.light});
        }
    if (yawCosine > -0.2F)
        booth::draw(planes, m_lump,
                    {at.x + 1.0F * yawSine * at.scale,
                     at.y + (m_look.noseLength - 0.07F) * at.scale, 0.12F * at.scale,
                     0.15F * at.scale, at.shear, at.light});
    Globe(m_look, planes, m_map, at, false).run();
    Globe(m_look, planes, m_map, at, true).run();
}

} // namespace facetrack::booth

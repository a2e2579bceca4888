// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "libfacetrack/capture/booth_paint.h"

/// \file
/// Pictures drawn once and then put into many frames at any size: premultiplied Y, U, V and alpha,
/// in halved sizes down to a few pixels. All of the drawing is whole-number arithmetic.

namespace facetrack::booth {

/// Three planes of 4:2:0 being drawn into; not owned.
struct Planes
{
    std::uint8_t *y;
    int yStride;
    std::uint8_t *u;
    int uStride;
    std::uint8_t *v;
    int vStride;
    int width;
    int height;
};

/// A | U << 8 | Y << 16 | V << 24, colour premultiplied by alpha; U and V with their offset of 128.
/// In this order the luma pass, which draws four times as many pixels, finds all it needs in the
/// even bytes.
using Texel = std::uint32_t;

/// Full-range BT.601 of a colour.
struct Yuv
{
    float y, u, v;
};
Yuv toYuv(Rgb c);

constexpr int kAlphaShift = 0;
constexpr int kUShift = 8;
constexpr int kYShift = 16;
constexpr int kVShift = 24;
constexpr std::uint32_t channel(Texel t, int shift) { return t >> shift & 0xffU; }

/// Between two texels, 0 <= t <= 256: alpha and Y only, the rest comes out as 0.
inline Texel lerpLuma(Texel a, Texel b, std::uint32_t t)
{
    return ((a & 0x00ff00ffU) * (256 - t) + (b & 0x00ff00ffU) * t) >> 8 & 0x00ff00ffU;
}

/// Between two texels, 0 <= t <= 256, all four channels at once.
inline Texel lerp(Texel a, Texel b, std::uint32_t t)
{
    const std::uint32_t odd =
        ((a >> 8 & 0x00ff00ffU) * (256 - t) + (b >> 8 & 0x00ff00ffU) * t) & 0xff00ff00U;
    return lerpLuma(a, b, t) | odd;
}

/// `under` seen through what a premultiplied colour leaves open.
inline std::uint8_t over(std::uint32_t colour, std::uint32_t alpha, std::uint8_t under)
{
    const std::uint32_t out = colour + (((255 - alpha) * under * 257 + 32768) >> 16);
    return static_cast<std::uint8_t>(out > 255 ? 255 : out);
}

class Sprite
{
public:
    struct Level
    {
        int width = 0;
        int height = 0;
        std::vector<Texel> texels;
        std::vector<int> from; ///< per row: first column with paint
        std::vector<int> to;   ///< per row: one past the last

        const Texel *row(int y) const
        {
            return texels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
        }
    };

    Sprite() = default;
    /// `pixelsPerUnit` and the origin as given to the canvas.
    Sprite(const Canvas &canvas, float pixelsPerUnit, float originX, float originY);

    const std::vector<Level> &levels() const { return m_levels; }
    float pixelsPerUnit() const { return m_pixelsPerUnit; }
    float originX() const { return m_originX; }
    float originY() const { return m_originY; }
    std::size_t bytes() const;

private:
    std::vector<Level> m_levels;
    float m_pixelsPerUnit = 1;
    float m_originX = 0;
    float m_originY = 0;
};

/// Where a sprite goes.
struct Placement
{
    float x = 0; ///< frame pixels, of the sprite's origin
    float y = 0;
    float scaleX = 1; ///< frame pixels per unit; negative mirrors
    float scaleY = 1;
    float shear = 0; ///< pixels to the right per pixel down
    int light = 256; ///< 256ths
};

void draw(const Planes &planes, const Sprite &sprite, const Placement &at);

/// Vertical interpolation of the columns [from, to) of two rows into `out`.
void lerpRows(const Texel *a, const Texel *b, std::uint32_t t, int from, int to, Texel *out);

/// The level to read when one frame pixel spans `step` pixels of level 0.
int levelFor(const Sprite &sprite, float step);

} // namespace facetrack::booth

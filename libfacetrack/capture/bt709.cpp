#include "libfacetrack/capture/bt709.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace facetrack {

namespace {

// R'G'B' from BT.709, then BT.601 from R'G'B', multiplied out; in 1/1024ths, which leaves an error
// below half a step.
constexpr int LumaFromU = 104;  // 0.101579
constexpr int LumaFromV = 201;  // 0.196076
constexpr int UFromU = 1014;    // 0.989854
constexpr int UFromV = -113;    // -0.110653
constexpr int VFromU = -74;     // -0.072453
constexpr int VFromV = 1007;    // 0.983398

std::uint8_t clamped(int value)
{
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

/// One row of chroma, leaving what it adds to the luma in `correction`.
void convertChroma(std::uint8_t *u, std::uint8_t *v, std::int16_t *correction, int width)
{
    for (int x = 0; x < width; ++x) {
        const int cb = u[x] - 128;
        const int cr = v[x] - 128;
        correction[x] = static_cast<std::int16_t>((LumaFromU * cb + LumaFromV * cr + 512) >> 10);
        u[x] = clamped(128 + ((UFromU * cb + UFromV * cr + 512) >> 10));
        v[x] = clamped(128 + ((VFromU * cb + VFromV * cr + 512) >> 10));
    }
}

void convertLuma(std::uint8_t *luma, const std::int16_t *correction, int width)
{
    for (int x = 0; x < width; ++x)
        luma[x] = clamped(luma[x] + correction[x / 2]);
}

} // namespace

void convertBt709ToBt601(const MutablePlane &luma, const MutablePlane &u, const MutablePlane &v)
{
    std::vector<std::int16_t> correction(static_cast<std::size_t>(u.width));
    for (int row = 0; row < u.height; ++row) {
        const std::ptrdiff_t y = row;
        convertChroma(u.data + y * u.stride, v.data + y * v.stride, correction.data(), u.width);
        convertLuma(luma.data + 2 * y * luma.stride, correction.data(), luma.width);
        if (2 * row + 1 < luma.height)
            convertLuma(luma.data + (2 * y + 1) * luma.stride, correction.data(), luma.width);
    }
}

} // namespace facetrack

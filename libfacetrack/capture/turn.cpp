#include "libfacetrack/capture/turn.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace facetrack {

namespace {

// Squares of this edge keep the columns that are read in the first-level cache.
constexpr int Tile = 32;

struct Walk
{
    const std::uint8_t *start; ///< sample for the upright picture's top left corner
    std::ptrdiff_t right;      ///< bytes to the sample for the next column
    std::ptrdiff_t down;       ///< bytes to the sample for the next row
};

Walk walkThrough(const Plane &from, const Turn &turn)
{
    std::ptrdiff_t right = turn.transpose ? from.stride : 1;
    std::ptrdiff_t down = turn.transpose ? 1 : from.stride;
    const std::ptrdiff_t columns = turn.transpose ? from.height : from.width;
    const std::ptrdiff_t rows = turn.transpose ? from.width : from.height;
    const std::uint8_t *start = from.data;
    if (turn.flipX) {
        start += right * (columns - 1);
        right = -right;
    }
    if (turn.flipY) {
        start += down * (rows - 1);
        down = -down;
    }
    return {start, right, down};
}

void turnTile(const Walk &walk, const MutablePlane &to, int left, int top)
{
    const int right = std::min(left + Tile, to.width);
    const int bottom = std::min(top + Tile, to.height);
    for (int y = top; y < bottom; ++y) {
        std::uint8_t *out = to.data + static_cast<std::ptrdiff_t>(y) * to.stride;
        const std::uint8_t *in = walk.start + y * walk.down + left * walk.right;
        for (int x = left; x < right; ++x, in += walk.right)
            out[x] = *in;
    }
}

} // namespace

Size Turn::upright(Size stored) const
{
    return transpose ? Size{stored.height, stored.width} : stored;
}

Turn Turn::fromDisplayMatrix(const std::int32_t *matrix)
{
    if (!matrix)
        return {};
    // x' = m0 x + m3 y, y' = m1 x + m4 y; 64 bits because abs(INT_MIN) is not an int.
    const std::int64_t m0 = matrix[0], m1 = matrix[1], m3 = matrix[3], m4 = matrix[4];
    if (std::llabs(m0) + std::llabs(m4) >= std::llabs(m1) + std::llabs(m3))
        return {false, m0 < 0, m4 < 0};
    return {true, m3 < 0, m1 < 0};
}

void turnPlane(const Plane &from, const MutablePlane &to, const Turn &turn)
{
    const Walk walk = walkThrough(from, turn);
    for (int top = 0; top < to.height; top += Tile) {
        for (int left = 0; left < to.width; left += Tile)
            turnTile(walk, to, left, top);
    }
}

} // namespace facetrack

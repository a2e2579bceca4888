#include "libfacetrack/stream/focus.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace facetrack {

namespace {

constexpr int MostRows = 200;

struct Sums
{
    std::uint64_t gradient = 0; ///< of squared Sobel responses
    std::uint64_t value = 0;
    std::uint64_t square = 0;
    std::uint64_t count = 0;
};

/// One row, from x in [left, right) with a neighbour on each side. 32-bit sums of a short run
/// let the compiler use vector instructions; a run of 1024 cannot overflow them.
void addRow(Sums &sums, const std::uint8_t *row, int stride, int left, int right)
{
    constexpr int Run = 1024;
    const std::uint8_t *above = row - stride;
    const std::uint8_t *below = row + stride;
    for (int start = left; start < right; start += Run) {
        const int end = std::min(start + Run, right);
        std::uint32_t gradient = 0;
        std::uint32_t value = 0;
        std::uint32_t square = 0;
        for (int x = start; x < end; ++x) {
            const int gx = above[x + 1] - above[x - 1] + 2 * (row[x + 1] - row[x - 1])
                           + below[x + 1] - below[x - 1];
            const int gy = below[x - 1] + 2 * below[x] + below[x + 1] - above[x - 1]
                           - 2 * above[x] - above[x + 1];
            gradient += static_cast<std::uint32_t>(gx * gx + gy * gy);
            value += row[x];
            square += static_cast<std::uint32_t>(row[x] * row[x]);
        }
        sums.gradient += gradient;
        sums.value += value;
        sums.square += square;
    }
    sums.count += static_cast<std::uint64_t>(right - left);
}

int pixel(float fraction, int length)
{
    return static_cast<int>(std::lround(std::clamp(fraction, 0.0F, 1.0F)
                                        * static_cast<float>(length)));
}

} // namespace

double sharpness(const Plane &luma, const Box &region)
{
    if (!luma.data)
        return 0;
    // A Sobel response needs a neighbour on every side.
    const int left = std::max(1, pixel(region.x, luma.width));
    const int right = std::min(luma.width - 1, pixel(region.x + region.w, luma.width));
    const int top = std::max(1, pixel(region.y, luma.height));
    const int bottom = std::min(luma.height - 1, pixel(region.y + region.h, luma.height));
    if (right <= left || bottom <= top)
        return 0;
    const int step = std::max(1, (bottom - top) / MostRows);
    Sums sums;
    for (int y = top; y < bottom; y += step)
        addRow(sums, luma.data + std::ptrdiff_t(y) * luma.stride, luma.stride, left, right);

    const double count = static_cast<double>(sums.count);
    const double mean = static_cast<double>(sums.value) / count;
    const double variance = static_cast<double>(sums.square) / count - mean * mean;
    // Without it a wall with nothing on it but sensor noise would look as sharp as can be.
    constexpr double NoiseVariance = 16;
    // Sobel's weights add up to 8 for a step of one grey level per pixel, hence 64; 100 gives
    // figures that are easy to read.
    const double gradient = static_cast<double>(sums.gradient) / count / 64;
    return 100 * gradient / (std::max(variance, 0.0) + NoiseVariance);
}

} // namespace facetrack

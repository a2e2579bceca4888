// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_light.h"

#include <algorithm>
#include <cmath>

namespace facetrack::booth {

namespace {

constexpr std::size_t kNoiseLength = 1U << 16;
constexpr int kBlock = 16; ///< loops of fixed length become vector code at -O2 as well

/// Inlined for kBlock pixels and for the rest of a row. All in 16 bits, which is what vector units
/// are widest at.
inline __attribute__((always_inline)) void exposeBlock(std::uint8_t *__restrict out,
                                                       const std::uint16_t *__restrict column,
                                                       const std::int8_t *__restrict noise,
                                                       std::uint16_t row, int count)
{
    for (int i = 0; i < count; ++i) {
        const auto factor =
            static_cast<std::uint16_t>(static_cast<std::uint16_t>(column[i] * row) >> 8);
        const auto lit =
            static_cast<std::uint16_t>(static_cast<std::uint16_t>(out[i] * factor) >> 8);
        const auto sum = static_cast<std::int16_t>(lit + noise[i]);
        const std::int16_t low = std::max<std::int16_t>(sum, 0);
        out[i] = static_cast<std::uint8_t>(std::min<std::int16_t>(low, 255));
    }
}

inline __attribute__((always_inline)) void
tintBlock(std::uint8_t *__restrict out, const std::int8_t *__restrict noise, int shift, int count)
{
    const auto by = static_cast<std::int16_t>(shift);
    for (int i = 0; i < count; ++i) {
        const auto sum = static_cast<std::int16_t>(out[i] + by + (noise[i] >> 1));
        const std::int16_t low = std::max<std::int16_t>(sum, 0);
        out[i] = static_cast<std::uint8_t>(std::min<std::int16_t>(low, 255));
    }
}

} // namespace

Sensor::Sensor(std::uint64_t seed, int width, int height) : m_seed(mix(seed ^ 0x6e6f6973ULL))
{
    // Nearly Gaussian: the sum of eight bytes, scaled to a standard deviation of about 3.2 levels.
    m_noise.reserve(kNoiseLength + static_cast<std::size_t>(width) + kBlock);
    while (m_noise.size() < m_noise.capacity()) {
        std::uint64_t h = hash(m_seed, m_noise.size());
        int sum = -1020;
        for (int i = 0; i < 8; ++i, h >>= 8)
            sum += static_cast<int>(h & 255);
        m_noise.push_back(static_cast<std::int8_t>(std::clamp(sum / 65, -12, 12)));
    }
    for (int x = 0; x < width; ++x) {
        const float t = 2 * (static_cast<float>(x) + 0.5F) / static_cast<float>(width) - 1;
        m_columns.push_back(static_cast<std::uint16_t>(255.5F * (1 - 0.12F * t * t)));
    }
    for (int y = 0; y < height; ++y) {
        const float t = 2 * (static_cast<float>(y) + 0.5F) / static_cast<float>(height) - 1;
        m_rows.push_back(1 - 0.1F * t * t);
    }
}

const std::int8_t *Sensor::noiseFor(std::uint64_t frame, int row) const
{
    return m_noise.data() + (hash(frame, static_cast<std::uint64_t>(row)) & (kNoiseLength - 1));
}

void Sensor::expose(const Planes &planes, std::uint64_t index, double seconds) const
{
    const auto drift = [&](double period, std::uint64_t which) {
        return static_cast<float>(
            wave(seconds / period + static_cast<double>(unit(hash(m_seed, 50, which)))));
    };
    const std::uint64_t frame = hash(m_seed, index);
    exposeLuma(planes, frame, 0.93F + 0.045F * drift(47, 1) + 0.02F * drift(13, 2));
    const float warmth = 2.5F * drift(71, 3) + 1.0F * drift(19, 4);
    const int width = (planes.width + 1) / 2;
    const int height = (planes.height + 1) / 2;
    tint(planes.u, planes.uStride, width, height, frame ^ 1,
         static_cast<int>(std::floor(0.5F - warmth)));
    tint(planes.v, planes.vStride, width, height, frame ^ 2,
         static_cast<int>(std::floor(0.5F + warmth)));
}

void Sensor::exposeLuma(const Planes &planes, std::uint64_t frame, float gain) const
{
    for (int y = 0; y < planes.height; ++y) {
        std::uint8_t *out = planes.y + static_cast<std::ptrdiff_t>(y) * planes.yStride;
        const std::int8_t *noise = noiseFor(frame, y);
        const auto row =
            static_cast<std::uint16_t>(m_rows[static_cast<std::size_t>(y)] * gain * 256);
        int x = 0;
        for (; x + kBlock <= planes.width; x += kBlock)
            exposeBlock(out + x, m_columns.data() + x, noise + x, row, kBlock);
        exposeBlock(out + x, m_columns.data() + x, noise + x, row, planes.width - x);
    }
}

void Sensor::tint(std::uint8_t *plane, int stride, int width, int height, std::uint64_t frame,
                  int shift) const
{
    for (int y = 0; y < height; ++y) {
        std::uint8_t *out = plane + static_cast<std::ptrdiff_t>(y) * stride;
        const std::int8_t *noise = noiseFor(frame, y);
        int x = 0;
        for (; x + kBlock <= width; x += kBlock)
            tintBlock(out + x, noise + x, shift, kBlock);
        tintBlock(out + x, noise + x, shift, width - x);
    }
}

} // namespace facetrack::booth

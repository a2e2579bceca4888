// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "libfacetrack/capture/booth_sprite.h"

namespace facetrack::booth {

/// What the lens and the sensor do to a finished picture: vignette, slowly drifting light, noise.
class Sensor
{
public:
    Sensor(std::uint64_t seed, int width, int height);

    void expose(const Planes &planes, std::uint64_t index, double seconds) const;
    std::size_t bytes() const
    {
        return m_noise.capacity() + m_columns.capacity() * sizeof(std::uint16_t) +
               m_rows.capacity() * sizeof(float);
    }

private:
    void exposeLuma(const Planes &planes, std::uint64_t frame, float gain) const;
    void tint(std::uint8_t *plane, int stride, int width, int height, std::uint64_t frame,
              int shift) const;
    const std::int8_t *noiseFor(std::uint64_t frame, int row) const;

    std::uint64_t m_seed;
    std::vector<std::int8_t> m_noise;
    std::vector<std::uint16_t> m_columns; ///< vignette across, 256ths
    std::vector<float> m_rows;            ///< vignette down
};

} // namespace facetrack::booth

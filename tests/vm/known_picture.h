#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace facetrack::vm {

/// Pictures that are known to the last sample, with their numbers in them: what the virtual camera draws
/// in turn, and who reads its frames expects. The topmost rows bear the number in black or white fields,
/// least significant bit first; below are blocks of 8x8 for luma and of 16x16 for colour, so that neither
/// 4:2:0 nor JPEG at good quality changes much. Full range.
class KnownPicture
{
public:
    static constexpr int Bits = 4;
    static constexpr std::uint32_t Pictures = 1U << Bits;

    KnownPicture(int width, int height) : m_width(width), m_height(height) {}

    int width() const { return m_width; }
    int height() const { return m_height; }
    /// Width of one field of the number; as high as 16 rows.
    int field() const { return m_width / Bits; }
    static constexpr int FieldRows = 16;

    std::uint8_t luma(int x, int y, std::uint32_t number) const
    {
        if (y < FieldRows) {
            const int bit = x / field();
            return bit < Bits && (number >> bit & 1U) ? 224 : 32;
        }
        return block(40, 170, 8, x / 8 * 3 + y / 8 * 7, number);
    }
    /// Of the sample at `x`, `y` of the full size; `plane` is 1 for blue, 2 for red.
    std::uint8_t chroma(int plane, int x, int y, std::uint32_t number) const
    {
        if (y < FieldRows)
            return 128;
        return block(70, 110, 6, x / 16 * 5 + y / 16 * 2 + plane * 11, number);
    }
    /// The number in a full-range luma plane; `read(x, y)` gives a sample of the picture as it was drawn.
    template<typename Read>
    std::uint32_t number(Read read) const
    {
        std::uint32_t number = 0;
        for (int bit = 0; bit < Bits; ++bit)
            number |= read(bit * field() + field() / 2, FieldRows / 2) > 128 ? 1U << bit : 0U;
        return number;
    }

    /// Packed 4:2:2, as USB cameras send it.
    std::vector<std::uint8_t> yuyv(std::uint32_t number) const
    {
        std::vector<std::uint8_t> bytes;
        bytes.reserve(static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height) * 2);
        for (int y = 0; y < m_height; ++y) {
            for (int x = 0; x < m_width; x += 2) {
                bytes.push_back(luma(x, y, number));
                bytes.push_back(chroma(1, x, y, number));
                bytes.push_back(luma(x + 1, y, number));
                bytes.push_back(chroma(2, x, y, number));
            }
        }
        return bytes;
    }
    /// Planes of 4:2:0.
    std::array<std::vector<std::uint8_t>, 3> planes(std::uint32_t number) const
    {
        std::array<std::vector<std::uint8_t>, 3> made;
        for (int y = 0; y < m_height; ++y)
            for (int x = 0; x < m_width; ++x)
                made[0].push_back(luma(x, y, number));
        for (int plane = 1; plane < 3; ++plane)
            for (int y = 0; y < m_height; y += 2)
                for (int x = 0; x < m_width; x += 2)
                    made[static_cast<std::size_t>(plane)].push_back(chroma(plane, x, y, number));
        return made;
    }

private:
    /// A value of `steps` steps that differs between neighbours and from picture to picture.
    static std::uint8_t block(int least, int range, int steps, int place, std::uint32_t number)
    {
        const int step = (place + static_cast<int>(number) * 5) % steps;
        return static_cast<std::uint8_t>(least + range * step / steps);
    }

    int m_width;
    int m_height;
};

} // namespace facetrack::vm

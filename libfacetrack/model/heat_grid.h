#pragma once
#include <algorithm>
#include <cstdint>

namespace facetrack {

/// The cells that positions of faces are counted in: 32 by 18 over the whole picture, numbered by
/// row from the top left corner. The same whatever the picture's size.
struct HeatGrid
{
    static constexpr int columns = 32;
    static constexpr int rows = 18;
    static constexpr int cells = columns * rows;
    /// Units of a picture's side in which records keep boxes.
    static constexpr std::int64_t units = 10'000;

    /// The cell of a box's middle, from its corner and sides in units. In whole numbers only, so
    /// that SQL says the same; a middle outside of the picture counts at its edge.
    static constexpr int cell(std::int64_t x, std::int64_t y, std::int64_t w, std::int64_t h)
    {
        const auto place = [](std::int64_t doubled, int count) {
            const std::int64_t inside = std::clamp<std::int64_t>(doubled, 0, 2 * units - 1);
            return static_cast<int>(inside * count / (2 * units));
        };
        return place(2 * y + h, rows) * columns + place(2 * x + w, columns);
    }
};

} // namespace facetrack

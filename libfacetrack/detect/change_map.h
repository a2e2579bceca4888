#pragma once
#include "libfacetrack/model/box.h"
#include "libfacetrack/model/frame.h"

#include <cstdint>
#include <span>
#include <vector>

namespace facetrack {

/// Where the picture changes, from a small grey copy of it (an eighth of each side): a cell has
/// changed when it differs from what is usual there by more than the picture's own noise, light
/// that changes everywhere at once not counted. Thread-bound.
class ChangeMap
{
public:
    /// Compares `luma` with what was there. Nothing has changed in the first picture.
    void see(const Plane &luma);
    void startOver() { m_usual.clear(); }

    /// Cells that changed in the newest picture, inside `place` (fractions), and of those, the
    /// ones outside of all that was explained.
    struct Count
    {
        int all = 0;
        int unexplained = 0;
    };
    Count changed(const Box &place) const;
    /// Changes in these places are expected, until the next picture.
    void explain(std::span<const Box> places);

    /// Edge of a cell in pixels of the frame.
    static constexpr int Cell = 8;
    /// The difference, in grey levels, from which on a cell has changed.
    float threshold() const { return m_threshold; }

private:
    void shrink(const Plane &luma);
    void compare();
    static void sumUp(const std::vector<std::uint8_t> &marks, int columns, int rows,
                      std::vector<int> &sums);

    int m_columns = 0;
    int m_rows = 0;
    std::vector<float> m_now;        ///< the newest picture, small
    std::vector<float> m_before;     ///< the one before
    std::vector<float> m_usual;      ///< a running mean that jumps where something changed
    float m_noise = 0;               ///< differences from picture to picture where nothing moves
    float m_threshold = 0;
    std::vector<std::uint8_t> m_changed;
    std::vector<int> m_allSums;         ///< integral images, one row and column more
    std::vector<int> m_unexplainedSums;
};

} // namespace facetrack

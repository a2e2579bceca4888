#pragma once
#include "libfacetrack/base/export.h"

#include <cstddef>
#include <limits>
#include <vector>

namespace facetrack {

/// What each row costs with each column; a pair that must not be is `forbidden`.
class CostTable
{
public:
    static constexpr double forbidden = std::numeric_limits<double>::infinity();

    CostTable(std::size_t rows, std::size_t columns)
        : m_rows(rows), m_columns(columns), m_costs(rows * columns, forbidden)
    {
    }

    std::size_t rows() const { return m_rows; }
    std::size_t columns() const { return m_columns; }
    double &at(std::size_t row, std::size_t column) { return m_costs[row * m_columns + column]; }
    double at(std::size_t row, std::size_t column) const
    {
        return m_costs[row * m_columns + column];
    }

private:
    std::size_t m_rows;
    std::size_t m_columns;
    std::vector<double> m_costs;
};

inline constexpr std::size_t unassigned = static_cast<std::size_t>(-1);

/// The column of each row so that the sum is least, where a row left `unassigned` costs nothing:
/// thus only pairs that cost less than nothing are made. Each column is given once.
///
/// Shortest augmenting paths with potentials (Jonker and Volgenant, "A shortest augmenting path
/// algorithm for dense and sparse linear assignment problems", 1987); rows^2 * (rows + columns).
FACETRACK_EXPORT std::vector<std::size_t> assign(const CostTable &costs);

} // namespace facetrack

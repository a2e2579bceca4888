#include "libfacetrack/track/assignment.h"

namespace facetrack {

namespace {

/// The rows that are placed so far. Columns beyond the table are one for each row, where it is left
/// alone at no cost.
class Assignment
{
public:
    explicit Assignment(const CostTable &costs)
        : m_costs(costs), m_columns(costs.columns() + costs.rows()),
          m_rowPotential(costs.rows(), 0), m_columnPotential(m_columns, 0),
          m_rowOf(m_columns, unassigned)
    {
    }

    void place(std::size_t row)
    {
        std::vector<double> least(m_columns, CostTable::forbidden); // path lengths to columns
        std::vector<std::size_t> before(m_columns, unassigned);     // column before on that path
        std::vector<bool> reached(m_columns, false);
        std::size_t column = unassigned; // the one that was reached last
        std::size_t here = row;
        double length = 0;
        while (here != unassigned) {
            std::size_t next = unassigned;
            for (std::size_t c = 0; c < m_columns; ++c) {
                if (reached[c])
                    continue;
                const double reduced
                    = length + cost(here, c) - m_rowPotential[here] - m_columnPotential[c];
                if (reduced < least[c]) {
                    least[c] = reduced;
                    before[c] = column;
                }
                if (next == unassigned || least[c] < least[next])
                    next = c;
            }
            column = next; // the row's own column is always within reach
            length = least[column];
            reached[column] = true;
            here = m_rowOf[column];
        }
        updatePotentials(row, reached, least, length);
        for (; column != unassigned; column = before[column])
            m_rowOf[column] = before[column] == unassigned ? row : m_rowOf[before[column]];
    }

    std::vector<std::size_t> columns() const
    {
        std::vector<std::size_t> result(m_costs.rows(), unassigned);
        for (std::size_t c = 0; c < m_costs.columns(); ++c) {
            if (m_rowOf[c] != unassigned)
                result[m_rowOf[c]] = c;
        }
        return result;
    }

private:
    double cost(std::size_t row, std::size_t column) const
    {
        if (column < m_costs.columns())
            return m_costs.at(row, column);
        return column - m_costs.columns() == row ? 0 : CostTable::forbidden;
    }

    void updatePotentials(std::size_t row, const std::vector<bool> &reached,
                          const std::vector<double> &least, double length)
    {
        m_rowPotential[row] += length;
        for (std::size_t c = 0; c < m_columns; ++c) {
            if (!reached[c] || m_rowOf[c] == unassigned)
                continue;
            m_rowPotential[m_rowOf[c]] += length - least[c];
            m_columnPotential[c] -= length - least[c];
        }
    }

    const CostTable &m_costs;
    const std::size_t m_columns;
    std::vector<double> m_rowPotential, m_columnPotential;
    std::vector<std::size_t> m_rowOf; ///< the row that has the column
};

} // namespace

std::vector<std::size_t> assign(const CostTable &costs)
{
    Assignment assignment(costs);
    for (std::size_t row = 0; row < costs.rows(); ++row)
        assignment.place(row);
    return assignment.columns();
}

} // namespace facetrack

#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>

namespace facetrack {

/// How many records go into a request. CrateDB takes about as many rows per second at 1,000 a
/// request as at 10,000, and what is under way takes memory and has to be sent again after trouble:
/// so it grows only while a record then takes less time, as over a slow network.
class BatchSize
{
public:
    explicit BatchSize(std::size_t most) : m_most(std::max<std::size_t>(1, most)) {}

    std::size_t rows() const { return std::min(m_rows, m_most); }

    /// A request with `sent` records was answered after `took`.
    void answered(std::size_t sent, std::chrono::microseconds took)
    {
        if (took > tooSlow) {
            m_rows = std::max(smallest, rows() / 2);
            return begin(patience);
        }
        if (sent < rows() || m_hold > 0) {
            m_hold -= m_hold > 0 ? 1 : 0;
            return;
        }
        // The quickest of some says what is possible; the others had to wait for a processor.
        m_least = m_answers == 0 ? took : std::min(m_least, took);
        if (++m_answers >= samples)
            decide(static_cast<double>(m_least.count()) / static_cast<double>(sent));
    }
    /// It was too large with `sent` records: never again so many.
    void tooLarge(std::size_t sent)
    {
        m_most = std::max<std::size_t>(1, std::min(m_most, sent / 2));
        begin(0);
    }

private:
    void decide(double perRecord)
    {
        const bool paid = m_smaller == 0 || perRecord < 0.8 * m_smaller;
        if (!paid) {
            m_rows = std::max(smallest, rows() / 2);
            return begin(patience);
        }
        const bool mayGrow = rows() < m_most && m_least > quick && m_least < tooSlow / 2;
        begin(mayGrow ? 0 : patience);
        if (!mayGrow)
            return;
        m_smaller = perRecord;
        m_rows = std::min(m_most, rows() * 2);
    }
    /// Measures anew, after so many answers.
    void begin(int hold)
    {
        m_hold = hold;
        m_answers = 0;
        m_smaller = 0;
    }

    static constexpr std::size_t smallest = 250;
    static constexpr std::chrono::microseconds tooSlow{500'000};
    static constexpr std::chrono::microseconds quick{20'000}; ///< nothing to win below
    static constexpr int samples = 6;
    static constexpr int patience = 200; ///< answers until a larger size is tried again
    std::size_t m_most;
    std::size_t m_rows = 1'000;
    int m_hold = 0;
    int m_answers = 0;
    std::chrono::microseconds m_least{0};
    double m_smaller = 0; ///< microseconds a record at half the size; 0: not known
};

} // namespace facetrack

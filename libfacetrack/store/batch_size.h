#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>

namespace facetrack {

/// How many records go into a request. CrateDB takes about as many rows per second at 1,000 a
/// request as at 10,000, and what is under way takes memory and has to be sent again after trouble:
/// so it grows only until an answer takes a moment.
class BatchSize
{
public:
    explicit BatchSize(std::size_t most) : m_most(std::max<std::size_t>(1, most)) {}

    std::size_t rows() const { return std::min(m_rows, m_most); }

    /// A request with `sent` records was answered after `took`.
    void answered(std::size_t sent, std::chrono::milliseconds took)
    {
        using std::chrono::milliseconds;
        if (took > milliseconds(500))
            m_rows = std::max(smallest, rows() / 2);
        else if (took < milliseconds(100) && sent >= rows())
            m_rows = std::min(m_most, rows() * 2);
    }
    /// It was too large with `sent` records: never again so many.
    void tooLarge(std::size_t sent)
    {
        m_most = std::max<std::size_t>(1, std::min(m_most, sent / 2));
    }

private:
    static constexpr std::size_t smallest = 250;
    std::size_t m_most;
    std::size_t m_rows = 1'000;
};

} // namespace facetrack

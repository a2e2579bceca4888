#pragma once
#include <chrono>
#include <cstdint>

namespace facetrack {

/// A progress line on standard error, shown only where that is a terminal.
class Progress
{
public:
    /// `expected` frames, 0 when unknown.
    explicit Progress(std::uint64_t expected);
    ~Progress(); ///< clear()

    void update(std::uint64_t done);
    /// Takes the line away, so that other text can follow.
    void clear();

private:
    const bool m_terminal;
    const std::uint64_t m_expected;
    const std::chrono::steady_clock::time_point m_begun;
    std::chrono::steady_clock::time_point m_shown;
    bool m_visible = false;
};

} // namespace facetrack

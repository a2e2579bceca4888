#include "agentd/progress.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <unistd.h>

namespace facetrack {

namespace {
constexpr std::size_t BarWidth = 30;
}

Progress::Progress(std::uint64_t expected)
    : m_terminal(::isatty(STDERR_FILENO) == 1), m_expected(expected),
      m_begun(std::chrono::steady_clock::now()), m_shown(m_begun)
{
}

Progress::~Progress()
{
    clear();
}

void Progress::update(std::uint64_t done)
{
    const auto now = std::chrono::steady_clock::now();
    if (!m_terminal || now - m_shown < std::chrono::milliseconds(200))
        return;
    m_shown = now;
    m_visible = true;
    const double seconds = std::chrono::duration<double>(now - m_begun).count();
    const double rate = static_cast<double>(done) / seconds;
    const auto frames = static_cast<unsigned long long>(done);
    if (m_expected == 0) {
        std::fprintf(stderr, "\r\033[K%llu frames, %.1f a second", frames, rate);
        return;
    }
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(m_expected));
    const auto full = static_cast<std::size_t>(share * static_cast<double>(BarWidth));
    const std::string bar = std::string(full, '#') + std::string(BarWidth - full, '.');
    const double left = rate > 0 ? static_cast<double>(m_expected) * (1 - share) / rate : 0;
    std::fprintf(stderr, "\r\033[K[%s] %3.0f %%  %llu of %llu frames, %.1f a second, %.0f s left",
                 bar.c_str(), share * 100, frames, static_cast<unsigned long long>(m_expected),
                 rate, left);
}

void Progress::clear()
{
    if (m_visible)
        std::fputs("\r\033[K", stderr);
    m_visible = false;
}

} // namespace facetrack

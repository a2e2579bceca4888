#pragma once
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>

namespace facetrack {

/// Draws that are the same with every standard library.
class Dice
{
public:
    explicit Dice(std::uint64_t seed) : m_engine(seed) {}

    /// 0 up to and without 1
    double share() { return static_cast<double>(m_engine() >> 11) * 0x1p-53; }
    double between(double low, double high) { return low + share() * (high - low); }
    std::int64_t whole(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(share() * static_cast<double>(high - low + 1));
    }
    bool chance(double probability) { return probability > 0 && share() < probability; }
    /// Of the standard normal distribution (Box and Muller, 1958).
    double normal()
    {
        constexpr double turn = 6.283185307179586;
        return std::sqrt(-2 * std::log(1 - share())) * std::cos(turn * share());
    }
    /// 16 hexadecimal digits, as a run has.
    std::string run()
    {
        char text[17];
        std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(m_engine()));
        return text;
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace facetrack

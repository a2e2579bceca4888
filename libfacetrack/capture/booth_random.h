// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>

/// \file
/// Chance and curves of the booth scene. The standard library's distributions and the C library's
/// sines differ between machines; the scene promises the same bytes everywhere, so it brings its
/// own, made of integer steps and of the IEEE operations that have exactly one right answer.

namespace facetrack::booth {

/// One step of splitmix64 (Steele, Lea, Flood 2014): a good 64-bit mix of its argument.
constexpr std::uint64_t mix(std::uint64_t v)
{
    v += 0x9e3779b97f4a7c15ULL;
    v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9ULL;
    v = (v ^ (v >> 27)) * 0x94d049bb133111ebULL;
    return v ^ (v >> 31);
}

/// A hash of up to three numbers, for values that are a pure function of where they are used.
constexpr std::uint64_t hash(std::uint64_t a, std::uint64_t b, std::uint64_t c = 0)
{
    return mix(mix(mix(a) ^ b) ^ c);
}

/// A hash read as a number in [0, 1).
constexpr float unit(std::uint64_t hashed) { return static_cast<float>(hashed >> 40) * 0x1p-24F; }

/// A stream of numbers from one seed.
class Random
{
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next() { return mix(m_state++); }
    float between(float low, float high) { return low + (high - low) * unit(next()); }
    bool chance(float share) { return unit(next()) < share; }
    /// 0 .. count-1
    int pick(int count)
    {
        return static_cast<int>((next() >> 33) % static_cast<std::uint64_t>(count));
    }

private:
    std::uint64_t m_state;
};

/// sin(2 pi turns), good to 1e-4.
inline double wave(double turns)
{
    double x = turns - std::floor(turns + 0.5); // -0.5 .. 0.5
    if (x > 0.25)
        x = 0.5 - x;
    else if (x < -0.25)
        x = -0.5 - x;
    const double a = x * 6.283185307179586;
    const double q = a * a;
    return a * (1.0 + q * (-1.0 / 6 + q * (1.0 / 120 - q / 5040)));
}

inline double sine(double radians) { return wave(radians * 0.15915494309189535); }
inline double cosine(double radians) { return wave(radians * 0.15915494309189535 + 0.25); }

/// arcsine, good to 1e-4 (Abramowitz and Stegun 4.4.45).
inline double arcsine(double s)
{
    const double m = s < 0 ? -s : s;
    if (m >= 1)
        return s < 0 ? -1.5707963267948966 : 1.5707963267948966;
    const double poly = 1.5707288 + m * (-0.2121144 + m * (0.0742610 - m * 0.0187293));
    const double a = 1.5707963267948966 - std::sqrt(1 - m) * poly;
    return s < 0 ? -a : a;
}

/// 0 up to `from`, 1 after `to`, smooth between; `from` < `to`.
template<class T>
T ramp(T from, T to, T v)
{
    T t = (v - from) / (to - from);
    t = t < 0 ? T(0) : t > 1 ? T(1) : t;
    return t * t * (3 - 2 * t);
}

} // namespace facetrack::booth

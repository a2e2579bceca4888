#pragma once
#include <algorithm>
#include <chrono>
#include <random>

namespace facetrack {

/// Pauses between attempts: each up to twice as long as the one before, anywhere in the upper half
/// of that, so that a hundred agents do not come back in one moment.
class BackOff
{
public:
    using Pause = std::chrono::milliseconds;

    BackOff(Pause first, Pause longest)
        : m_first(first), m_longest(longest), m_random(std::random_device{}()), m_next(first)
    {
    }

    Pause next()
    {
        const Pause pause = jittered(m_next);
        m_next = std::min(m_longest, m_next * 2);
        return pause;
    }
    /// The longest one at once, for trouble that takes long.
    Pause longest()
    {
        m_next = m_longest;
        return next();
    }
    Pause jittered(Pause pause)
    {
        return Pause(std::uniform_int_distribution<Pause::rep>(pause.count() / 2, pause.count())(
            m_random));
    }
    void reset() { m_next = m_first; }

private:
    const Pause m_first, m_longest;
    std::minstd_rand m_random;
    Pause m_next;
};

} // namespace facetrack

#pragma once
#include "libfacetrack/base/clock.h"

#include <cstdint>
#include <string>

namespace facetrack {

/// What a Journal knows about the clock of one boot, and the records that wait for it.
struct BootClock
{
    /// The numbers are kept in files and must not change.
    enum class State : std::int64_t {
        Waiting = 0, ///< its records are held
        Known = 1,   ///< time = monotonic + offset
        GivenUp = 2, ///< times are what the records say, untrusted
        Guessed = 3, ///< time = monotonic + offset, untrusted
    };

    std::string bootId;
    State state = State::Waiting;
    UtcTime offset{0};        ///< UTC − monotonic, when known or guessed
    std::uint64_t held = 0;   ///< records on disk that wait
    MonotonicTime first{0};   ///< of these, the earliest
    MonotonicTime last{0};    ///< … and the latest
};

} // namespace facetrack

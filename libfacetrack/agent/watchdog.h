#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace facetrack {

/// One part of a program that has to get on, as counted so far.
struct WorkPart
{
    std::string trouble;      ///< what it is when it does not, such as "no frame from the source"
    std::uint64_t done = 0;   ///< grows with the work
    bool excused = false;     ///< has said why it waits, such as for a source that is opened again
    /// Work handed to it so far: one that has had nothing new since it last got on is excused too.
    std::optional<std::uint64_t> given;
};

/// Decides when a program may say that it is alive: when every part has got on since it last said
/// so. A part that is stuck thus ends the signs of life, and whoever waits for them starts the
/// program again. It reads no clock and starts nothing. Thread-bound.
class FACETRACK_EXPORT Watchdog
{
public:
    /// `limit`: a sign has to be given within this time.
    Watchdog(std::chrono::nanoseconds limit, MonotonicTime now);

    /// How often to look.
    std::chrono::nanoseconds interval() const;
    /// True when a sign of life is due and deserved. The same parts in the same order at each look.
    bool look(const std::vector<WorkPart> &parts, MonotonicTime now);
    /// In words, what has not got on for half the limit; empty when everything has.
    std::string stuck(MonotonicTime now) const;

private:
    struct Part
    {
        WorkPart seen;
        std::uint64_t givenWhenMoved = 0;
        MonotonicTime moved{0};
    };

    const std::chrono::nanoseconds m_limit;
    MonotonicTime m_begun;
    MonotonicTime m_sign;
    std::vector<Part> m_parts;
};

} // namespace facetrack

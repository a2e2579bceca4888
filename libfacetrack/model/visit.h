#pragma once
#include "libfacetrack/base/clock.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace facetrack {

/// Somebody went over a counting line.
struct Crossing
{
    std::string line;                ///< its name
    std::string way;                 ///< the name of the direction
    std::chrono::milliseconds at{0}; ///< after the visit's start

    bool operator==(const Crossing &) const = default;
};

/// Somebody was in sight of this camera, from the first time the face was found to the last: the
/// row that ends in CrateDB. There is one for the whole picture, with `zone` empty, and one more
/// for each zone in which this visitor spent time. So visits are the rows without a zone; the
/// rows of one visit share `track`. Nothing biometric is behind it: who comes back later than
/// `track.patience` is another visit.
struct Visit
{
    /// More crossings than this by one visitor are no longer noted.
    static constexpr std::size_t mostCrossings = 64;

    std::uint64_t sequence = 0;   ///< counts visit rows in this run, from 0
    UtcTime start{0};             ///< first sighting; of a zone's row, the first within it
    bool clockTrusted = true;     ///< false when the machine did not know the time then
    MonotonicTime begun{0};       ///< the start by the clock that never jumps; not in the record
    /// From the first sighting to the last: end = start + duration. By the monotonic clock, so
    /// that a clock set meanwhile, or corrected later, does no harm.
    std::chrono::milliseconds duration{0};
    /// Time spent there. Of the whole picture that is `duration`, short losses included; of a zone
    /// only the time within it.
    std::chrono::milliseconds dwell{0};
    std::uint32_t track = 0;      ///< the identity that its faces carry in observations of this run
    std::string zone;             ///< name of the zone; empty for the whole picture
    std::vector<Crossing> crossings; ///< in order of time; only in the row of the whole picture
    float size = 0;               ///< median height of the face, as a fraction of the frame's
    std::uint32_t observations = 0; ///< frames in which the face was found (there)
    std::uint32_t revision = 0;   ///< tuning revision in effect when it ended
    bool complete = true;         ///< false when the agent stopped, or the source ended, before it did

    bool operator==(const Visit &) const = default;
};

} // namespace facetrack

#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/model/box.h"
#include "libfacetrack/model/detection.h"

#include <cstdint>
#include <string>
#include <vector>

namespace facetrack {

/// What one analysed frame showed: the row that ends in CrateDB.
/// Its id is (agent, run, sequence), unique for ever: `run` is drawn at random at each start.
struct Observation
{
    std::uint64_t sequence = 0; ///< counts analysed frames in this run, from 0
    UtcTime time{0};            ///< when the frame was captured
    bool clockTrusted = true;   ///< false when the machine did not know the time then
    Size frame;                 ///< size of the analysed frame in pixels
    std::uint32_t revision = 0; ///< tuning revision that was in effect
    std::vector<Track> faces;   ///< boxes as fractions of the frame
};

} // namespace facetrack

#pragma once
#include "libfacetrack/analytics/local_time.h"
#include "libfacetrack/simulation/dice.h"
#include "libfacetrack/simulation/profile.h"
#include "libfacetrack/simulation/shift.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace facetrack {

/// Somebody whom one agent sees, from frame to frame of one shift. Places in units of HeatGrid.
struct Guest
{
    std::size_t agent = 0;
    std::size_t shift = 0;
    std::int64_t first = 0, last = 0; ///< frames, both included
    bool complete = true;             ///< false: the agent stopped before
    std::int64_t x0 = 0, x1 = 0, y0 = 0, y1 = 0; ///< corner of the face at its first and last frame
    std::int64_t width = 0, height = 0;

    std::int64_t detections() const { return last - first + 1; }
};

/// Draws guests until they are seen `event.total` times, exactly. In order of agent, shift and frame.
/// InvalidArgument when there is no time in which anybody could come.
Result<std::vector<Guest>> drawGuests(const SimulatedEvent &event, const LocalTime &local,
                                      const std::vector<std::vector<Shift>> &shifts, Dice &dice);

} // namespace facetrack

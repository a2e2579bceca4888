#pragma once
#include "libfacetrack/analytics/local_time.h"
#include "libfacetrack/simulation/dice.h"
#include "libfacetrack/simulation/simulated_event.h"

#include <cstdint>
#include <string>
#include <vector>

namespace facetrack {

/// A time without a break in which one simulated agent looks: one run.
struct Shift
{
    std::string run;
    std::int64_t begin = 0; ///< ms since 1970; its first frame
    std::int64_t end = 0;   ///< exclusive
    double rate = 1;        ///< frames per second

    std::int64_t frames() const { return firstFrom(end); }
    std::int64_t timeOf(std::int64_t frame) const;
    /// The first frame at or after that time; 0 before the begin.
    std::int64_t firstFrom(std::int64_t time) const;
};

/// The shifts of one agent in order of time; what lies between them on a day goes into `outages`.
std::vector<Shift> shiftsOf(const SimulatedEvent &event, const LocalTime &local,
                            const std::string &agent, Dice &dice,
                            std::vector<EventTruth::Outage> &outages);

} // namespace facetrack

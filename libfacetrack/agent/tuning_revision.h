#pragma once
#include "libfacetrack/base/clock.h"

#include <cstdint>
#include <string>
#include <vector>

namespace facetrack {

/// One tuned value, before and after.
struct ValueChange
{
    std::string key;    ///< "detect.min_neighbors"
    std::string before; ///< compact JSON, as the API says it: 3, "30x30", [0,0,1,1]
    std::string after;

    bool operator==(const ValueChange &) const = default;
};

/// Somebody tuned the agent: what changed from one revision to the next, all at once.
struct TuningRevision
{
    UtcTime time{0};            ///< when it was accepted
    std::uint32_t revision = 0; ///< the new one, as observations made under it carry it
    std::string who;            ///< who asked: an address, with a name where one was given
    std::string cause;          ///< "patch", "redo", "undo", "reset", "preset NAME"; "start" (see below)
    /// What changed. For cause "start", the first of each run: what differs from the defaults.
    std::vector<ValueChange> values;
};

} // namespace facetrack

#pragma once
#include "libfacetrack/base/clock.h"

#include <cstdint>
#include <string>

namespace facetrack {

/// Somebody changed one parameter: so that a chart can explain a jump.
struct TuningChange
{
    std::uint64_t sequence = 0; ///< counts changes in this run, from 0
    UtcTime time{0};
    bool clockTrusted = true;
    std::uint32_t revision = 0; ///< the first in which it is in effect
    std::string who;            ///< as far as it is known: a person, an address
    std::string parameter;      ///< "detect.min_neighbors"
    std::string oldValue;       ///< as text
    std::string newValue;

    bool operator==(const TuningChange &) const = default;
};

} // namespace facetrack

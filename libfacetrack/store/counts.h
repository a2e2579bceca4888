#pragma once
#include <cstdint>
#include <string>

namespace facetrack {

/// What one agent's records say about one minute. There is one only for minutes with a record: a
/// minute without is one without data, not one without faces.
struct MinuteCount
{
    std::string agent;
    std::int64_t minute = 0;        ///< since 1970-01-01T00:00Z
    std::uint64_t observations = 0; ///< frames looked at
    std::uint64_t faces = 0;        ///< face detections, summed over these frames
    std::uint64_t visits = 0;       ///< that began in it (the whole picture's)
    std::uint64_t seconds = 0;      ///< bit s is set when a frame of its second s was looked at
    bool simulated = false;         ///< nobody was there
};

/// How many faces one agent found in one cell of the picture (model/heat_grid.h).
struct PlaceCount
{
    std::string agent;
    int cell = 0;
    std::uint64_t faces = 0; ///< face detections whose middle lies there
};

/// How many visits lasted so long.
struct DwellCount
{
    std::string agent;
    std::int64_t seconds = 0; ///< whole seconds, rounded down; a day or longer is 86400
    std::uint64_t visits = 0;
    std::uint64_t milliseconds = 0; ///< all of them together
};

} // namespace facetrack

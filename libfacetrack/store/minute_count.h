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
};

} // namespace facetrack

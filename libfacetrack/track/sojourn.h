#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/model/box.h"
#include "libfacetrack/model/visit.h"
#include "libfacetrack/track/size_tally.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace facetrack {

/// When and where somebody was seen.
struct Sighting
{
    MonotonicTime at{0};
    UtcTime utc{0};
    Box face;
    double aspect = 1; ///< width of the frame over its height
};

/// All that is taken down about one identity while it is there. Internal to this room.
class Sojourn
{
public:
    void see(const Sighting &sighting, const TrackTuning &tuning);

    std::uint32_t hits() const { return m_whole.observations; }
    MonotonicTime lastSeen() const { return m_whole.last; }
    bool isIn(const Shape &zone) const { return contains(zone, m_place); }

    /// One row for the whole picture, then one for each zone in which time was spent.
    std::vector<Visit> rows() const;

private:
    /// One place, which may be the whole picture.
    struct Stay
    {
        MonotonicTime first{0};
        MonotonicTime last{0};
        UtcTime firstUtc{0};
        std::chrono::nanoseconds dwell{0};
        std::uint32_t observations = 0;
        SizeTally sizes;

        void see(const Sighting &sighting);
        Visit row() const;
    };

    void seeZone(const Shape &zone, const Sighting &sighting, Point place);
    void seeLine(const Shape &line, const Sighting &sighting, Point place);

    Stay m_whole;
    Point m_place; ///< middle of the face, when seen last
    std::map<std::string, Stay> m_zones;
    std::map<std::string, Point> m_sure; ///< where each line was last left clearly on one side
    std::vector<Crossing> m_crossings;
};

} // namespace facetrack

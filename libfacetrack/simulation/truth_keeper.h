#pragma once
#include "libfacetrack/model/observation.h"
#include "libfacetrack/model/visit.h"
#include "libfacetrack/simulation/simulated_event.h"

#include <bitset>
#include <map>
#include <string>
#include <utility>

namespace facetrack {

/// Counts what the simulation makes, in the plainest way: others are held against it.
class TruthKeeper
{
public:
    void saw(const std::string &agent, const Observation &frame);
    /// A face of that frame by its box in units of HeatGrid.
    void sawFace(const std::string &agent, std::int64_t x, std::int64_t y, std::int64_t w,
                 std::int64_t h);
    void visited(const std::string &agent, const Visit &visit);
    void changed(const std::string &agent, const TuningMark &mark);

    EventTruth finish(Span span);

private:
    struct MinuteOf
    {
        std::uint64_t frames = 0, faces = 0, visits = 0;
        std::bitset<60> seconds;
    };
    MinuteOf &minuteOf(const std::string &agent, UtcTime time);

    std::map<std::pair<Minute, std::string>, MinuteOf> m_minutes;
    EventTruth m_truth;
};

} // namespace facetrack

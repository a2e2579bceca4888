#include "libfacetrack/config/declare.h"

namespace facetrack {

void declareTrack(std::vector<Parameter> &list)
{
    using Track = TrackTuning;
    auto track = declare(list, "track", Applies::NextFrame, &AgentConfig::tuning, &Tuning::track);
    track.integer("min_hits", &Track::minHits, "Hits before a visit",
                  "Times a face must be found before it counts as a visit; more swallows flicker")
        .range(1, 20).step(1);
    track.number("min_seconds", &Track::minSeconds, "Time before a visit",
                 "For so long a face must be found before it counts as a visit")
        .range(0, 10).step(0.1).unit("s");
    track.number("patience", &Track::patienceSeconds, "Patience",
                 "Somebody out of sight for no longer, and back in place, is the same visit")
        .range(0, 60).step(0.5).unit("s");
    track.shapes("zones", &Track::zones, "Zones",
                 "Parts of the picture in which each visit's time is measured",
                 {16, 3, 32, true, false});
    track.shapes("lines", &Track::lines, "Counting lines",
                 "Lines whose crossings are counted; the first way is left to right, looking along",
                 {16, 2, 2, true, true});
}

} // namespace facetrack

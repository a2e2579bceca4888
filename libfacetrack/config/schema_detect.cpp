#include "libfacetrack/config/declare.h"

namespace facetrack {

void declareDetect(std::vector<Parameter> &list)
{
    using Detect = DetectTuning;
    auto detect = declare(list, "detect", Applies::NextFrame, &AgentConfig::tuning,
                          &Tuning::detect);
    detect.choice("detector", &Detect::detector, "Detector", "How faces are found",
                  {{"haar", "the classic cascade of 2001: quick, frontal faces"}});
    detect.choice("schedule", &Detect::schedule, "Schedule", "Where faces are looked for",
                  {{"adaptive", "around known faces and where the picture changed, the rest in turn"},
                   {"every_frame", "everywhere in each frame: several times the work"}});
    detect.integer("max_delay", &Detect::maxDelay, "Longest delay",
                   "A newcomer is found within this time; longer is less work")
        .range(50, 10'000).step(50).unit("ms").visibleWhen("detect.schedule", "adaptive");
    detect.text("cascade", &Detect::cascade, "Cascade",
                "File with what the haar detector has learned; a name or a whole path")
        .longest(4096).visibleWhen("detect.detector", "haar");
    detect.number("scale_factor", &Detect::scaleFactor, "Scale factor",
                  "Growth of the window from one search to the next; smaller finds more, slower")
        .range(1.01, 2).step(0.01).visibleWhen("detect.detector", "haar");
    detect.integer("min_neighbors", &Detect::minNeighbors, "Neighbours",
                   "Hits that must agree on a face; more is stricter, with fewer false faces")
        .range(0, 20).step(1).visibleWhen("detect.detector", "haar");
    detect.size("min_size", &Detect::minSize, "Smallest face",
                "Smaller faces are passed over; larger is much quicker")
        .range(1, 8192).step(1).zero("no limit");
    detect.size("max_size", &Detect::maxSize, "Largest face", "Larger faces are passed over")
        .range(1, 8192).step(1).zero("no limit");
    detect.boolean("equalize", &Detect::equalize, "Equalise light",
                   "Spread brightness over the whole range first: helps in dim or flat light")
        .visibleWhen("detect.detector", "haar");
    detect.box("region", &Detect::region, "Region",
               "Part of the picture in which faces are looked for: x, y, width, height")
        .step(0.01);
    detect.shapes("masks", &Detect::masks, "Masks",
                  "Parts of the picture in which no face is looked for, such as a poster",
                  {16, 3, 32, false, false});
}

} // namespace facetrack

#include "libfacetrack/config/declare.h"

namespace facetrack {

void declareStream(std::vector<Parameter> &list)
{
    using Stream = StreamTuning;
    auto stream = declare(list, "stream", Applies::NextFrame, &AgentConfig::tuning,
                          &Tuning::stream);
    stream.integer("quality", &Stream::quality, "Picture quality",
                   "JPEG quality of the live picture; lower needs less network")
        .range(1, 100).step(1);
    stream.integer("width", &Stream::width, "Picture width",
                   "Width of the live picture; smaller needs less network")
        .range(16, 4096).step(16).unit("px").zero("the camera's own");
    stream.number("fps", &Stream::fps, "Pictures per second",
                  "The most pictures per second that each viewer gets")
        .range(0, 120).step(1).unit("fps").zero("every one");
    stream.boolean("overlay", &Stream::overlay, "Boxes", "Draw a box around every face");
    stream.boolean("caption", &Stream::caption, "Caption",
                   "Write name, frame rate and count into the picture");
    stream.boolean("shapes", &Stream::shapes, "Zones, lines, masks",
                   "Draw zones, counting lines and masks into the picture");
    stream.choice("faces", &Stream::faces, "Faces",
                  "What the live picture shows of people; counting always sees the camera's picture",
                  {{"visible", "sharp for owners while calibration is open, else pixelated"},
                   {"pixelated", "coarse blocks over faces and over what was not yet looked at"},
                   {"hidden", "grey blocks instead"}});
}

} // namespace facetrack

#include "libfacetrack/config/declare.h"

namespace facetrack {

namespace {

/// The cascades of Debian's opencv-data that find faces.
std::vector<Choice> cascades()
{
    return {
        {"haarcascade_frontalface_default.xml", "the usual one: finds most, some false faces"},
        {"haarcascade_frontalface_alt2.xml", "finds as many with half the false faces"},
        {"haarcascade_frontalface_alt.xml", "a little stricter than alt2, half as much work again"},
        {"haarcascade_frontalface_alt_tree.xml", "strictest: hardly a false face, misses many"},
        {"haarcascade_profileface.xml", "faces from one side, twice the work"},
        {"lbpcascade_frontalface.xml", "binary patterns: a fifth less work, misses more"},
        {"lbpcascade_frontalface_improved.xml", "binary patterns, faces of 45 px and more only"},
        {"lbpcascade_profileface.xml", "binary patterns, large faces from one side"},
    };
}

void declareYuNet(std::vector<Parameter> &list)
{
    using YuNet = YuNetTuning;
    auto yunet = declare(list, "detect", Applies::NextFrame, &AgentConfig::tuning, &Tuning::detect,
                         &DetectTuning::yunet);
    yunet.text("yunet.model", &YuNet::model, "Model",
               "File with what the network has learned; a name in the model folders or a whole path")
        .longest(4096).visibleWhen("detect.detector", "yunet")
        .suggest({{"yunet_s_640_640.onnx", "the smaller one: quickest"},
                  {"yunet_n_640_640.onnx", "a third slower, finds a little more"}});
    yunet.number("yunet.score", &YuNet::score, "Score",
                 "How sure the network must be of a face; higher gives fewer false faces")
        .range(0.05, 0.99).step(0.01).visibleWhen("detect.detector", "yunet");
    yunet.number("yunet.nms", &YuNet::nms, "Overlap",
                 "Boxes that overlap by more than this share are one face")
        .range(0.05, 0.95).step(0.01).visibleWhen("detect.detector", "yunet");
    yunet.number("yunet.scale", &YuNet::scale, "Working scale",
                 "Shrinks the picture that is looked at: quicker, but a face needs 11 px there")
        .range(0.1, 2).step(0.05).visibleWhen("detect.detector", "yunet");
}

} // namespace

void declareDetect(std::vector<Parameter> &list)
{
    using Detect = DetectTuning;
    auto detect = declare(list, "detect", Applies::NextFrame, &AgentConfig::tuning,
                          &Tuning::detect);
    detect.choice("detector", &Detect::detector, "Detector", "How faces are found",
                  {{"haar", "the classic cascade of 2001: frontal faces, needs no model"},
                   {"yunet", "a small neural network: quicker and better, needs a model file"}});
    detect.choice("schedule", &Detect::schedule, "Schedule", "Where faces are looked for",
                  {{"adaptive", "around known faces and where the picture changed, the rest in turn"},
                   {"every_frame", "everywhere in each frame: several times the work"}});
    detect.integer("max_delay", &Detect::maxDelay, "Longest delay",
                   "A newcomer is found within this time; longer is less work")
        .range(50, 10'000).step(50).unit("ms").visibleWhen("detect.schedule", "adaptive");
    detect.number("cpu_budget", &Detect::cpuBudget, "CPU budget",
                  "Share of all processor cores that detection may take; beyond it frames are left out")
        .range(1, 100).step(1).unit("%");
    detect.text("cascade", &Detect::cascade, "Cascade",
                "File with what the haar detector has learned; a name or a whole path")
        .longest(4096).visibleWhen("detect.detector", "haar").suggest(cascades());
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
    declareYuNet(list);
}

} // namespace facetrack

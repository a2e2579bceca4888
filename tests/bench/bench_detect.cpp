// bench_detect: what the agent finds and costs, against OpenCV's own detectMultiScale with the same
// parameters on the same frames, in one run, one thread. Prints a Markdown table.
//
// On every picture both see: recall and precision at IoU 0.3 against the truth files, CPU per frame.
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/detect/cascade_file.h"
#include "libfacetrack/pipeline/face_finder.h"
#include "tests/bench/detect_scoring.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <list>
#include <map>
#include <nlohmann/json.hpp>
#include <opencv2/objdetect.hpp>

using namespace facetrack;

namespace {

nlohmann::json readJson(const std::string &path)
{
    return nlohmann::json::parse(std::ifstream(path), nullptr, false);
}

Boxes boxesFrom(const nlohmann::json &list, double width, double height)
{
    Boxes boxes;
    for (const auto &b : list)
        boxes.push_back({float(b[0].get<double>() / width), float(b[1].get<double>() / height),
                         float(b[2].get<double>() / width), float(b[3].get<double>() / height)});
    return boxes;
}

/// The agent with some settings.
struct Contender
{
    std::string name;
    Tuning tuning;
    FaceFinder finder;
    Score score;
};

Boxes ours(FaceFinder &finder, const Tuning &tuning, const Frame &frame)
{
    Boxes boxes;
    const auto faces = finder.look(frame, tuning);
    if (!faces) {
        std::fprintf(stderr, "%s\n", describe(faces.error()).c_str());
        std::exit(1);
    }
    for (const Track &face : *faces)
        boxes.push_back(face.box);
    return boxes;
}

std::list<Contender> contenders()
{
    std::list<Contender> all;
    const std::string models = std::string(std::getenv("FACETRACK_TEST_DATA")) + "/models/";
    const auto add = [&](const std::string &name, const std::string &model) {
        for (const char *schedule : {"every_frame", "adaptive"}) {
            Contender &one = all.emplace_back();
            one.name = name + (schedule == std::string("adaptive") ? ", adaptive" : "");
            DetectTuning &detect = one.tuning.detect;
            detect.schedule = schedule;
            detect.maxDelay = 1000; // walking.mp4 has 12 frames a second
            if (model.empty())
                continue;
            detect.detector = "yunet";
            detect.yunet.model = models + model;
        }
    };
    add("Haar", {});
    add("YuNet s", "yunet_s_640_640.onnx");
    add("YuNet n", "yunet_n_640_640.onnx");
    return all;
}

FramePtr evenGrey()
{
    FrameBuilder builder(PixelFormat::Grey, {1088, 720});
    const MutablePlane luma = builder.plane(0);
    std::fill_n(luma.data, std::size_t(luma.stride) * std::size_t(luma.height), std::uint8_t(128));
    return builder.build();
}

using TruthOf = std::function<std::optional<Boxes>(const Frame &)>;

void compare(const char *title, const std::string &url, std::uint64_t frames, const TruthOf &truthOf)
{
    auto source = openSource(url, Pacing::AsFastAsPossible);
    if (!source) {
        std::fprintf(stderr, "%s\n", describe(source.error()).c_str());
        std::exit(1);
    }
    cv::CascadeClassifier cascade(findCascade(DetectTuning{}.cascade).value().string());
    std::list<Contender> all = contenders();
    // Reading models takes as long as many frames: that is done before.
    const FramePtr grey = evenGrey();
    for (Contender &one : all) {
        ours(one.finder, one.tuning, *grey);
        one.finder.startOver();
    }
    Score bareScore;
    while (bareScore.frames < frames) {
        const auto frame = (*source)->next({});
        if (!frame || !*frame)
            break;
        const auto truth = truthOf(**frame);
        if (!truth)
            continue;
        const auto measure = [&](Score &score, const std::function<Boxes()> &find) {
            const double begun = cpuSeconds();
            const Boxes found = find();
            score.cpu += cpuSeconds() - begun;
            score.add(found, *truth);
        };
        // Whoever comes first finds the picture out of the cache: take turns.
        const std::size_t count = all.size() + 1;
        const std::size_t first = bareScore.frames % count;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t turn = (first + i) % count;
            if (turn == all.size()) {
                measure(bareScore, [&] { return bare(cascade, **frame); });
                continue;
            }
            Contender &one = *std::next(all.begin(), static_cast<std::ptrdiff_t>(turn));
            measure(one.score, [&] { return ours(one.finder, one.tuning, **frame); });
        }
    }
    const auto print = [&](const std::string &who, const Score &score) {
        std::printf("| %s | %s | %zu | %.3f | %.3f | %.1f | %.3f |\n", title, who.c_str(),
                    score.frames, score.recall(), score.precision(), score.milliseconds(),
                    score.cpu / bareScore.cpu);
    };
    print("OpenCV", bareScore);
    for (const Contender &one : all)
        print(one.name, one.score);
}

/// Boxes for every frame of a video, in pixels of a video of that size.
TruthOf videoTruth(const std::string &path, double width, double height)
{
    const auto frames = readJson(path)["boxes_xywh_per_frame"];
    return [=](const Frame &frame) -> std::optional<Boxes> {
        if (frame.sequence() >= frames.size())
            return std::nullopt;
        return boxesFrom(frames[frame.sequence()], width, height);
    };
}

/// Boxes of photographs, in pixels of each, by file name.
TruthOf photographTruth(const std::string &path)
{
    std::map<std::string, nlohmann::json> boxes;
    const auto list = readJson(path);
    for (const auto &image : list["images"])
        boxes[image["file"]] = image["boxes_xywh"];
    return [=](const Frame &frame) -> std::optional<Boxes> {
        const auto known = boxes.find(frame.file());
        if (known == boxes.end())
            return std::nullopt;
        return boxesFrom(known->second, frame.width(), frame.height());
    };
}

} // namespace

int main(int argc, char **argv)
{
    const char *data = std::getenv("FACETRACK_TEST_DATA");
    if (!data) {
        std::puts("SKIP: FACETRACK_TEST_DATA is not set");
        return 0;
    }
    const std::uint64_t frames = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200;
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // each row as it is measured, also into a file
    cv::setNumThreads(1);
    const std::string root = data;
    std::puts("| material | who | frames | recall | precision | CPU ms a frame | CPU ratio |");
    std::puts("|---|---|---:|---:|---:|---:|---:|");
    compare("talking.mp4 at 1088x720", "file:" + root + "/video/talking.mp4?size=1088x720", frames,
            videoTruth(root + "/video/talking.reference.json", 360, 288));
    compare("walking.mp4 at 1088x720", "file:" + root + "/video/walking.mp4?size=1088x720", frames,
            videoTruth(root + "/video/walking.reference.json", 480, 270));
    compare("photographs, 10 times", "images:" + root + "/faces?loop=1",
            std::min<std::uint64_t>(frames, 40), photographTruth(root + "/faces/boxes.json"));
    return 0;
}

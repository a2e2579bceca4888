// bench_booth: the adaptive schedule on the drawn booth, against OpenCV's own detectMultiScale in one
// run, one thread. The agent sees every frame; OpenCV every so manyth, since it alone would take
// hours, and faces are compared in those frames. Prints a Markdown table.
// bench_booth scenes|newcomers|all [FRAMES] [SEEDS of newcomers] [haar|yunet]
#include "libfacetrack/capture/booth_scene.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/detect/cascade_file.h"
#include "libfacetrack/pipeline/face_finder.h"
#include "tests/bench/detect_scoring.h"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <string>

using namespace facetrack;

namespace {

struct Scene
{
    std::string title;
    std::uint64_t seed = 1;
    int people = 0;
    std::uint64_t frames = 0;
    std::uint64_t every = 1; ///< OpenCV sees every so manyth

    std::unique_ptr<CaptureSource> open() const
    {
        return openSource("synthetic:booth?people=" + std::to_string(people)
                              + "&seed=" + std::to_string(seed),
                          Pacing::AsFastAsPossible)
            .value();
    }
    BoothScene truth() const { return BoothScene(BoothOptions{.seed = seed, .people = people}); }
};

Boxes ours(FaceFinder &finder, const Frame &frame, const Tuning &tuning)
{
    Boxes boxes;
    const auto faces = finder.look(frame, tuning);
    for (const Track &face : *faces)
        boxes.push_back(face.box);
    return boxes;
}

/// Reading the cascade is no part of a frame.
void warmUp(FaceFinder &finder, const Tuning &tuning)
{
    FrameBuilder grey(PixelFormat::Grey, {64, 64});
    const MutablePlane luma = grey.plane(0);
    std::fill_n(luma.data, luma.stride * luma.height, std::uint8_t(128));
    ours(finder, *grey.build(), tuning);
    finder.startOver();
}

void compare(const Scene &scene)
{
    Tuning tuning;
    tuning.detect.maxDelay = 1000;
    const auto source = scene.open();
    const BoothScene booth = scene.truth();
    cv::CascadeClassifier cascade(findCascade(DetectTuning{}.cascade).value().string());
    FaceFinder finder;
    warmUp(finder, tuning);
    Score theirs;
    Score mine;
    double cpu = 0;
    double slowest = 0;
    for (std::uint64_t i = 0; i < scene.frames; ++i) {
        const FramePtr frame = source->next({}).value();
        double begun = cpuSeconds();
        const Boxes found = ours(finder, *frame, tuning);
        const double took = cpuSeconds() - begun;
        cpu += took;
        if (i > 0)
            slowest = std::max(slowest, took);
        if (i % scene.every != 0)
            continue;
        begun = cpuSeconds();
        const Boxes whole = bare(cascade, *frame);
        theirs.cpu += cpuSeconds() - begun;
        Boxes wanted;
        for (const BoothTruth &t : booth.truth(i))
            wanted.push_back({t.x, t.y, t.w, t.h});
        theirs.add(whole, wanted);
        mine.add(found, wanted);
    }
    const double milliseconds = 1000 * cpu / double(scene.frames);
    std::printf("| %s | %zu | %.3f | %.3f | %.3f | %.3f | %.1f | %.2f | %.1f | 1/%.1f |\n",
                scene.title.c_str(), theirs.frames, theirs.recall(), mine.recall(),
                theirs.precision(), mine.precision(), theirs.milliseconds(), milliseconds,
                1000 * slowest, theirs.milliseconds() / milliseconds);
}

/// As docs/detection.md defines a newcomer: from the first of three frames (track.min_hits) within
/// the delay in which a whole look finds the face. What is seen once and not again is nobody.
struct Person
{
    explicit Person(std::uint64_t frame) : appeared(frame) {}

    std::uint64_t appeared; ///< first frame in which the truth says that it can be found
    std::vector<std::uint64_t> wholeFinds;
    std::optional<std::uint64_t> byWhole; ///< a newcomer since
    std::optional<std::uint64_t> byParts;

    void foundByWhole(std::uint64_t frame, std::uint64_t delay)
    {
        wholeFinds.push_back(frame);
        const std::size_t count = wholeFinds.size();
        if (count >= 3 && frame - wholeFinds[count - 3] <= delay)
            byWhole = wholeFinds[count - 3];
    }
};

std::uint64_t delayInFrames(const Tuning &tuning)
{
    return static_cast<std::uint64_t>(tuning.detect.maxDelay * 30 / 1000);
}

/// When each person of a scene is found for the first time: by a whole look at every frame, and by
/// the adaptive schedule, which sees every frame too.
std::map<std::uint32_t, Person> meet(const Scene &scene, const Tuning &tuning)
{
    const auto source = scene.open();
    const BoothScene booth = scene.truth();
    const auto whole = makeDetector(tuning.detect.detector).value();
    FaceFinder finder;
    std::map<std::uint32_t, Person> people;
    for (std::uint64_t i = 0; i < scene.frames; ++i) {
        const FramePtr frame = source->next({}).value();
        const Boxes found = ours(finder, *frame, tuning);
        std::optional<Boxes> byWhole; // only while it matters: it is what takes the time
        for (const BoothTruth &t : booth.truth(i)) {
            Person &person = people.try_emplace(t.person, i).first->second;
            const auto in = [&](const Boxes &boxes) {
                return std::any_of(boxes.begin(), boxes.end(), [&](const Box &b) {
                    return overlap(b, {t.x, t.y, t.w, t.h}) >= 0.3F;
                });
            };
            if (!person.byParts && in(found))
                person.byParts = i;
            if (person.byWhole)
                continue;
            if (!byWhole) {
                byWhole.emplace();
                const auto faces = whole->detect(*frame, tuning.detect);
                for (const Detection &face : faces.value())
                    byWhole->push_back(face.box);
            }
            if (in(*byWhole))
                person.foundByWhole(i, delayInFrames(tuning));
        }
    }
    return people;
}

/// Of whom a whole look at every frame finds, and of all that the truth lists, how many are found
/// in time. Prints a row of a Markdown table.
void newcomers(const char *who, const Tuning &tuning, std::uint64_t seeds, std::uint64_t frames)
{
    const std::uint64_t delay = delayInFrames(tuning);
    int facing = 0, wholeSoon = 0, partsSoon = 0;
    int newcomers = 0, inTime = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        for (const auto &[id, person] : meet({"", seed, 8, frames, 1}, tuning)) {
            const auto by = [&](const std::optional<std::uint64_t> &frame, std::uint64_t since) {
                return frame && *frame <= since + delay;
            };
            if (person.appeared + delay < frames) {
                ++facing;
                wholeSoon += !person.wholeFinds.empty()
                             && by(person.wholeFinds.front(), person.appeared);
                partsSoon += by(person.byParts, person.appeared);
            }
            if (!person.byWhole || *person.byWhole + delay >= frames)
                continue;
            ++newcomers;
            inTime += by(person.byParts, *person.byWhole);
            if (!by(person.byParts, *person.byWhole))
                std::fprintf(stderr, "%s: seed %llu person %u: whole look %llu, ours %lld\n", who,
                             static_cast<unsigned long long>(seed), id,
                             static_cast<unsigned long long>(*person.byWhole),
                             person.byParts ? static_cast<long long>(*person.byParts) : -1);
        }
    }
    const auto percent = [](int part, int all) { return 100.0 * part / std::max(1, all); };
    std::printf("| %s | %d | %.1f | %d | %.1f | %.1f |\n", who, newcomers,
                percent(inTime, newcomers), facing, percent(wholeSoon, facing),
                percent(partsSoon, facing));
}

void newcomers(std::uint64_t seeds, std::uint64_t frames, const std::string &detector)
{
    std::puts("\n| detector | newcomers | found in time, % | all who face the camera "
              "| found in time by whole looks at every frame, % | by ours, % |");
    std::puts("|---|---:|---:|---:|---:|---:|");
    Tuning tuning;
    if (detector != "yunet")
        newcomers("Haar", tuning, seeds, frames);
    const char *data = std::getenv("FACETRACK_TEST_DATA");
    if (!data || detector == "haar")
        return;
    tuning.detect.detector = "yunet";
    tuning.detect.yunet.model = std::string(data) + "/models/yunet_s_640_640.onnx";
    newcomers("YuNet s", tuning, seeds, frames);
}

} // namespace

int main(int argc, char **argv)
{
    const std::string what = argc > 1 ? argv[1] : "all";
    const std::uint64_t frames = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 900;
    const std::uint64_t seeds = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 5;
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // each row as it is measured, also into a file
    cv::setNumThreads(1);
    if (what == "scenes" || what == "all") {
        std::puts("| scene | frames compared | recall OpenCV | ours | precision OpenCV | ours "
                  "| CPU ms a frame OpenCV | ours | slowest of ours but the first | CPU ratio |");
        std::puts("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        compare({"nobody, a minute", 1, 0, 1800, 100});
        for (std::uint64_t seed = 1; seed <= 5; ++seed)
            compare({"8 people, seed " + std::to_string(seed), seed, 8, frames, 6});
    }
    if (what == "newcomers" || what == "all")
        newcomers(seeds, frames, argc > 4 ? argv[4] : "");
    return 0;
}

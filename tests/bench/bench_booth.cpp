// bench_booth: the adaptive schedule on the drawn booth, against OpenCV's own detectMultiScale in one
// run, one thread. The agent sees every frame; OpenCV every so manyth, since it alone would take
// hours, and faces are compared in those frames. Prints a Markdown table.
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

struct Person
{
    std::uint64_t appeared = 0;
    std::optional<std::uint64_t> byWhole;
    std::optional<std::uint64_t> byParts;
};

/// When each person of a scene is found for the first time, default settings.
std::map<std::uint32_t, Person> meet(const Scene &scene)
{
    const auto source = scene.open();
    const BoothScene booth = scene.truth();
    cv::CascadeClassifier cascade(findCascade(DetectTuning{}.cascade).value().string());
    FaceFinder finder;
    std::map<std::uint32_t, Person> people;
    for (std::uint64_t i = 0; i < scene.frames; ++i) {
        const FramePtr frame = source->next({}).value();
        const Boxes found = ours(finder, *frame, Tuning{});
        std::optional<Boxes> whole;
        for (const BoothTruth &t : booth.truth(i)) {
            Person &person = people.try_emplace(t.person, Person{i, {}, {}}).first->second;
            const auto in = [&](const Boxes &boxes) {
                return std::any_of(boxes.begin(), boxes.end(), [&](const Box &b) {
                    return overlap(b, {t.x, t.y, t.w, t.h}) >= 0.3F;
                });
            };
            if (!person.byParts && in(found))
                person.byParts = i;
            if (!person.byWhole && !whole)
                whole = bare(cascade, *frame);
            if (!person.byWhole && in(*whole))
                person.byWhole = i;
        }
    }
    return people;
}

void newcomers(std::uint64_t seeds, std::uint64_t frames)
{
    constexpr std::uint64_t Delay = 15; // frames in 500 ms
    int all = 0;
    int inTime = 0;
    int soonAfterTruth = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        for (const auto &[id, person] : meet({"", seed, 8, frames, 1})) {
            if (!person.byWhole || *person.byWhole + Delay >= frames)
                continue;
            ++all;
            inTime += person.byParts && *person.byParts <= *person.byWhole + Delay;
            soonAfterTruth += person.byParts && *person.byParts <= person.appeared + Delay;
        }
    }
    std::printf("\n%d newcomers, 8 people, %llu seeds of %llu frames, default settings. Found within "
                "500 ms of the first frame in which a whole look finds them: %.1f %%; of being a "
                "frontal face in the truth: %.1f %%\n",
                all, static_cast<unsigned long long>(seeds),
                static_cast<unsigned long long>(frames), 100.0 * inTime / std::max(1, all),
                100.0 * soonAfterTruth / std::max(1, all));
}

} // namespace

int main(int argc, char **argv)
{
    const std::string what = argc > 1 ? argv[1] : "all";
    const std::uint64_t frames = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 900;
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
        newcomers(5, frames);
    return 0;
}

// Visits on the synthetic booth against its truth, 6 to 8 people, a line for each seed:
//
//     bench_visits truth|spoilt FROM TO          ten minutes each, detections made from the truth
//     bench_visits haar|yunet FROM TO [SECONDS]  the real detector, adaptive, default settings, at
//                                                1088x720 and 30 frames a second
//
// The second line of each seed is what a tracker that knows whose face each box is on makes of the same
// detections (tests/track/knowing_tracker.h): what is wrong there, the detector did.
//
// For yunet, FACETRACK_TEST_DATA names the folder with models/.
#include "libfacetrack/pipeline/face_finder.h"
#include "tests/track/booth_watch.h"
#include "tests/track/knowing_tracker.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace facetrack;

namespace {

Tuning tuningFor(const std::string &detector)
{
    Tuning tuning;
    tuning.detect.detector = detector;
    if (const char *data = std::getenv("FACETRACK_TEST_DATA"); data != nullptr)
        tuning.detect.yunet.model = std::string(data) + "/models/yunet_s_640_640.onnx";
    return tuning;
}

FramePtr draw(BoothScene &scene, std::uint64_t index)
{
    FrameBuilder builder(PixelFormat::I420, {scene.options().width, scene.options().height});
    const MutablePlane y = builder.plane(0);
    const MutablePlane u = builder.plane(1);
    const MutablePlane v = builder.plane(2);
    scene.render(index, y.data, y.stride, u.data, u.stride, v.data, v.stride);
    const double seconds = static_cast<double>(index) / boothFps;
    builder.sequence(index).captured(MonotonicTime(std::llround(seconds * 1e9)), UtcTime(0));
    return builder.build();
}

/// The boxes with the truth's extent, which is the cascade's: square. YuNet's end at the cheeks, at 0.77
/// of that (median of 3,000 faces), so that their IoU would be 0.72 at best, and below 0.5 for one
/// face in twenty.
std::vector<Track> inTruthsExtent(std::vector<Track> faces, const std::string &detector)
{
    const float wider = detector == "yunet" ? 1 / 0.77F : 1;
    for (Track &face : faces) {
        face.box.x -= face.box.w * (wider - 1) / 2;
        face.box.w *= wider;
    }
    return faces;
}

VisitJudge newJudge(const TrackTuning &tuning)
{
    return {tuning.patienceSeconds, tuning.minSeconds, 1 / boothFps};
}

VisitJudge detect(const std::string &detector, unsigned seed, int people, double seconds,
                  VisitJudge &knowing)
{
    const Tuning tuning = tuningFor(detector);
    BoothScene scene({.seed = seed, .people = people, .fps = boothFps});
    FaceFinder finder;
    VisitJudge judge = newJudge(tuning.track);
    KnowingTracker knower(tuning.track);
    const auto judgeThoseOver = [&] {
        for (const Visit &visit : finder.takeVisits())
            judge.over(visit);
    };
    for (std::uint64_t i = 0; static_cast<double>(i) < seconds * boothFps; ++i) {
        const double now = static_cast<double>(i) / boothFps;
        const std::vector<BoothPerson> there = scene.people(i);
        judge.truth(now, there);
        knowing.truth(now, there);
        const auto faces = finder.look(*draw(scene, i), tuning);
        if (!faces) {
            std::fprintf(stderr, "%s\n", describe(faces.error()).c_str());
            std::exit(1);
        }
        const std::vector<Track> seen = inTruthsExtent(*faces, detector);
        judge.looked(seen);
        knowing.looked(knower.update(seen, there, now));
        judgeThoseOver();
    }
    finder.closeVisits();
    judgeThoseOver();
    for (const Visit &visit : knower.close())
        knowing.over(visit);
    return judge;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 4) {
        std::fputs("bench_visits truth|spoilt|haar|yunet FROM TO [SECONDS]\n", stderr);
        return 2;
    }
    const std::string how = argv[1];
    const auto from = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
    const auto to = static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10));
    const double seconds = argc > 4 ? std::strtod(argv[4], nullptr) : 600;
    VisitFigures sum, knownSum;
    std::vector<Mishap> mishaps;
    for (unsigned seed = from; seed <= to; ++seed) {
        const int people = static_cast<int>(6 + seed % 3);
        const bool real = how == "haar" || how == "yunet";
        VisitJudge knowing = newJudge({});
        const VisitJudge judge = real ? detect(how, seed, people, seconds, knowing)
                                      : watchBooth(seed, people, how == "spoilt", &knowing);
        const VisitFigures figures = judge.figures();
        std::printf("seed %u, %d people: %s\n", seed, people, describe(figures).c_str());
        std::printf("    knowing who it is: %s\n", describe(knowing.figures()).c_str());
        std::fflush(stdout);
        add(sum, figures);
        add(knownSum, knowing.figures());
        mishaps.insert(mishaps.end(), judge.mishaps().begin(), judge.mishaps().end());
    }
    std::printf("%s, all, knowing who it is: %s\n", how.c_str(), describe(knownSum).c_str());
    std::printf("%s, all: %s\n%s\n", how.c_str(), describe(sum).c_str(), describe(mishaps).c_str());
}

// Visits on the synthetic booth against its truth, 6 to 8 people, a line for each seed:
//
//     bench_visits truth|spoilt FROM TO          ten minutes each, detections made from the truth
//     bench_visits haar|yunet FROM TO [SECONDS]  the real detector, adaptive, default settings, at
//                                                1088x720 and 30 frames a second
//
// For yunet, FACETRACK_TEST_DATA names the folder with models/.
#include "libfacetrack/pipeline/face_finder.h"
#include "tests/track/booth_watch.h"

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

VisitJudge detect(const std::string &detector, unsigned seed, int people, double seconds)
{
    const Tuning tuning = tuningFor(detector);
    BoothScene scene({.seed = seed, .people = people, .fps = boothFps});
    FaceFinder finder;
    VisitJudge judge(tuning.track.patienceSeconds, tuning.track.minSeconds, 1 / boothFps);
    const auto judgeThoseOver = [&] {
        for (const Visit &visit : finder.takeVisits())
            judge.over(visit);
    };
    for (std::uint64_t i = 0; static_cast<double>(i) < seconds * boothFps; ++i) {
        judge.truth(static_cast<double>(i) / boothFps, scene.truth(i));
        const auto faces = finder.look(*draw(scene, i), tuning);
        if (!faces) {
            std::fprintf(stderr, "%s\n", describe(faces.error()).c_str());
            std::exit(1);
        }
        judge.looked(inTruthsExtent(*faces, detector));
        judgeThoseOver();
    }
    finder.closeVisits();
    judgeThoseOver();
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
    VisitFigures sum;
    std::vector<Mishap> mishaps;
    for (unsigned seed = from; seed <= to; ++seed) {
        const int people = static_cast<int>(6 + seed % 3);
        const bool real = how == "haar" || how == "yunet";
        const VisitJudge judge = real ? detect(how, seed, people, seconds)
                                      : watchBooth(seed, people, how == "spoilt");
        const VisitFigures figures = judge.figures();
        std::printf("seed %u, %d people: %s\n", seed, people, describe(figures).c_str());
        std::fflush(stdout);
        add(sum, figures);
        mishaps.insert(mishaps.end(), judge.mishaps().begin(), judge.mishaps().end());
    }
    std::printf("%s, all: %s\n%s\n", how.c_str(), describe(sum).c_str(), describe(mishaps).c_str());
}

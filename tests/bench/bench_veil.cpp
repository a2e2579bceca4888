// bench_veil: what coarse faces cost the stream at 1088x720, CPU of one thread, medians over frames
// of the drawn booth with 6 people. Prints a Markdown table.
#include "libfacetrack/capture/booth_scene.h"
#include "libfacetrack/pipeline/face_finder.h"
#include "libfacetrack/stream/picture.h"
#include "libfacetrack/stream/veil.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace facetrack;

namespace {

double cpuMilliseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

template<typename Work>
void measure(std::vector<double> &times, Work work)
{
    const double begun = cpuMilliseconds();
    work();
    times.push_back(cpuMilliseconds() - begun);
}

double median(std::vector<double> &times)
{
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

FramePtr draw(BoothScene &booth, std::uint64_t index)
{
    FrameBuilder builder(PixelFormat::I420, {booth.options().width, booth.options().height});
    const MutablePlane y = builder.plane(0);
    const MutablePlane u = builder.plane(1);
    const MutablePlane v = builder.plane(2);
    booth.render(index, y.data, y.stride, u.data, u.stride, v.data, v.stride);
    return builder.sequence(index)
        .captured(std::chrono::milliseconds(33 * index), UtcTime(0))
        .build();
}

} // namespace

int main()
{
    BoothScene booth(BoothOptions{.people = 6});
    Veil veil;
    FaceFinder finder;
    PictureMaker maker;
    std::vector<double> see, places, visible, pixelated, hidden;
    for (std::uint64_t i = 0; i < 240; ++i) {
        const FramePtr frame = draw(booth, i);
        measure(see, [&] { veil.see(*frame); });
        AnalysedFrame analysis;
        analysis.frame = frame;
        if (const auto faces = finder.look(*frame, {}))
            analysis.faces = *faces;
        analysis.looked = finder.looked();
        veil.looked(analysis);
        PictureContent content;
        VeiledPlaces coarse;
        measure(places, [&] { coarse = veil.places(); });
        content.faces = analysis.faces;
        content.caption = "bench";
        content.veiled = coarse;
        PictureKey key;
        const auto make = [&](Faces faces) {
            return [&, faces] {
                key.faces = faces;
                static_cast<void>(maker.make(*frame, key, content));
            };
        };
        measure(visible, make(Faces::Visible));
        measure(pixelated, make(Faces::Pixelated));
        measure(hidden, make(Faces::Hidden));
    }
    std::printf("| 1088x720, 6 people, 240 frames | CPU ms a frame |\n|---|---|\n"
                "| see a frame (watched or not) | %.2f |\n| say what is coarse (while watched) | %.2f |\n"
                "| draw and encode, faces visible | %.2f |\n| pixelated | %.2f |\n| hidden | %.2f |\n",
                median(see), median(places), median(visible), median(pixelated), median(hidden));
}

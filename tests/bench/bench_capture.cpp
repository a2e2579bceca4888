// What capture costs: the thread's CPU a frame with a scripted camera, and frames lost at 1920x1080
// and 60 fps from the synthetic source while faces are looked for. Prints Markdown.
#include "libfacetrack/capture/camera_source.h"
#include "libfacetrack/pipeline/analysis_loop.h"
#include "libfacetrack/pipeline/capture_loop.h"
#include "tests/support/scripted_camera.h"

#include <cstdio>
#include <ctime>
#include <thread>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

double threadCpuMs()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

struct Layout
{
    const char *words;
    CameraPixels pixels;
    const char *rotation;
};

/// Ten seconds of a camera at 30 fps; the CPU is the capture thread's own, all of it.
void scripted(const Layout &layout)
{
    constexpr std::uint64_t frames = 300;
    auto script = std::make_shared<ScriptedCamera::Script>();
    script->size = {1088, 720};
    // Packed rows are twice as wide.
    script->padding = layout.pixels == CameraPixels::YUYV ? 1088 + 64 : 64;
    script->pixels = layout.pixels;
    CaptureLoopOptions options{"scripted:"};
    options.link = std::make_shared<CameraLink>();
    CameraTuning tuning;
    tuning.rotation = layout.rotation;
    options.link->tune(tuning);
    LatestSlot<FramePtr> consumer;
    double first = 0;
    std::atomic<double> last = 0;
    std::atomic<std::uint64_t> seen = 0;
    CaptureLoop loop(
        options,
        [&]() -> Result<std::unique_ptr<CaptureSource>> {
            return std::make_unique<CameraSource>(std::make_unique<ScriptedCamera>(script),
                                                  CameraSource::Wanted{}, SystemClock::instance());
        },
        [&](const FramePtr &frame) {
            consumer.put(frame);
            if (seen == 0)
                first = threadCpuMs();
            last = threadCpuMs();
            ++seen;
        },
        SystemClock::instance());
    loop.start();
    auto due = std::chrono::steady_clock::now();
    for (std::uint64_t i = 0; i < frames; ++i) {
        std::this_thread::sleep_until(due += 33'333us);
        CameraBuffer buffer;
        buffer.taken = SystemClock::instance().sinceBoot();
        buffer.sequence = i;
        script->push(buffer);
    }
    const auto end = std::chrono::steady_clock::now() + 5s;
    while (seen < frames && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(10ms);
    loop.stop();
    std::printf("| %s | %.2f | %zu | %llu of %llu |\n", layout.words,
                (last - first) / static_cast<double>(seen - 1), script->mostLent,
                static_cast<unsigned long long>(seen), static_cast<unsigned long long>(frames));
    std::fflush(stdout);
}

/// The synthetic source leaves out what it is too late for: a gap in the sequence is a lost frame.
void fullHd()
{
    std::uint64_t next = 0;
    std::atomic<std::uint64_t> lost = 0;
    std::atomic<std::uint64_t> seen = 0;
    LiveTuning tuning{Tuning()};
    AnalysisLoop analysis(tuning, [](const AnalysedFramePtr &) {}, SystemClock::instance());
    CaptureLoop loop(
        {"synthetic:"},
        [] { return openSource("synthetic:booth?size=1920x1080&fps=60", Pacing::RealTime); },
        [&](const FramePtr &frame) {
            if (frame->sequence() > next) {
                lost += frame->sequence() - next;
                std::fprintf(stderr, "%llu lost before frame %llu\n",
                             static_cast<unsigned long long>(frame->sequence() - next),
                             static_cast<unsigned long long>(frame->sequence()));
            }
            next = frame->sequence() + 1;
            ++seen;
            analysis.offer(frame);
        },
        SystemClock::instance());
    analysis.start();
    loop.start();
    std::this_thread::sleep_for(20s);
    loop.stop();
    analysis.stop();
    std::printf("\n| synthetic 1920x1080, 60 fps, 20 s | frames | lost | looked at |\n|---|---|---|---|\n"
                "| with detection at its usual budget | %llu | %llu | %llu |\n",
                static_cast<unsigned long long>(seen), static_cast<unsigned long long>(lost),
                static_cast<unsigned long long>(analysis.state().analysed));
}

} // namespace

int main()
{
    std::printf("| scripted camera, 1088x720, 30 fps | CPU ms a frame (target 2) | buffers lent at most "
                "| frames |\n|---|---|---|---|\n");
    for (const Layout &layout : {Layout{"YUV420", CameraPixels::I420, "0"},
                                 Layout{"YUV420, a quarter turn", CameraPixels::I420, "90"},
                                 Layout{"NV12", CameraPixels::NV12, "0"},
                                 Layout{"YUYV", CameraPixels::YUYV, "0"}})
        scripted(layout);
    fullHd();
    return 0;
}

#include "libfacetrack/pipeline/analyze.h"

#include "libfacetrack/pipeline/face_finder.h"

#include <chrono>
#include <ctime>

namespace facetrack {

namespace {

double processCpuSeconds()
{
    timespec time = {};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

} // namespace

Result<void> analyze(CaptureSource &source, const Tuning &tuning, std::stop_token stop,
                     const std::function<void(const AnalysedFrame &)> &each,
                     AnalyzeSummary &summary)
{
    const auto begun = std::chrono::steady_clock::now();
    const double cpuBegun = processCpuSeconds();
    const auto measure = [&] {
        summary.wallSeconds
            = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        summary.cpuSeconds = processCpuSeconds() - cpuBegun;
    };
    FaceFinder finder;
    while (true) {
        const auto frame = source.next(stop);
        if (!frame || !*frame) {
            measure();
            return frame ? Result<void>() : tl::unexpected(frame.error());
        }
        if (source.isUnrelatedPictures())
            finder.startOver();
        auto faces = finder.look(**frame, tuning);
        if (!faces) {
            measure();
            return tl::unexpected(faces.error());
        }
        AnalysedFrame result;
        result.frame = *frame;
        result.faces = std::move(*faces);
        result.looked = finder.looked();
        result.finished = std::chrono::steady_clock::now().time_since_epoch();
        result.revision = 1;
        result.sequence = summary.frames++;
        summary.detections += result.faces.size();
        summary.wholeLooks += result.looked.wholeLooks;
        summary.regions += result.looked.regions;
        summary.pixels += result.looked.pixels;
        each(result);
    }
}

} // namespace facetrack

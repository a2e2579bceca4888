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
                     AnalyzeSummary &summary, const std::function<void(const Visit &)> &over)
{
    const auto begun = std::chrono::steady_clock::now();
    const double cpuBegun = processCpuSeconds();
    FaceFinder finder;
    const auto handOnVisits = [&] {
        for (const Visit &visit : finder.takeVisits()) {
            if (over)
                over(visit);
        }
        summary.visits = finder.visits().begun();
    };
    const auto finish = [&] {
        finder.closeVisits();
        handOnVisits();
        summary.wallSeconds
            = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        summary.cpuSeconds = processCpuSeconds() - cpuBegun;
    };
    while (true) {
        const auto frame = source.next(stop);
        if (!frame || !*frame) {
            finish();
            return frame ? Result<void>() : tl::unexpected(frame.error());
        }
        if (source.isUnrelatedPictures())
            finder.startOver();
        auto faces = finder.look(**frame, tuning);
        if (!faces) {
            finish();
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
        handOnVisits();
    }
}

} // namespace facetrack

// Somebody else's program: counts faces in ten frames of the synthetic booth.
#include "libfacetrack/base/version.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/pipeline/analyze.h"

#include <cstdio>

int main()
{
    auto source = facetrack::openSource("synthetic:booth?frames=10&size=640x424",
                                        facetrack::Pacing::AsFastAsPossible);
    if (!source) {
        std::puts(facetrack::describe(source.error()).c_str());
        return 1;
    }
    facetrack::AnalyzeSummary summary;
    const auto outcome
        = facetrack::analyze(**source, {}, {}, [](const facetrack::AnalysedFrame &) {}, summary);
    std::printf("facetrack %s: %d frames\n", facetrack::version(), int(summary.frames));
    return outcome && summary.frames == 10 ? 0 : 1;
}

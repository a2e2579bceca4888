#include "libfacetrack/detect/detector.h"

#include <algorithm>
#include <opencv2/core/utility.hpp>

namespace facetrack {

Detector::~Detector() = default;

Result<void> Detector::prepare(const DetectTuning &, Size)
{
    return {};
}

Result<Findings> Detector::look(const Frame &frame, const DetectTuning &tuning,
                                std::span<const Look> looks)
{
    Findings findings;
    if (looks.empty())
        return findings;
    auto all = detect(frame, tuning);
    if (!all)
        return tl::unexpected(all.error());
    for (const Detection &face : *all) {
        if (std::any_of(looks.begin(), looks.end(), [&](const Look &look) {
                return asksFor(look, face.box, frame.size());
            }))
            findings.faces.push_back(face);
    }
    findings.pixels = static_cast<std::uint64_t>(frame.width())
                      * static_cast<std::uint64_t>(frame.height());
    return findings;
}

double Detector::helpersCpuSeconds(double own) const
{
    return own * std::max(0, cv::getNumThreads() - 1);
}

SweepShape Detector::sweepShape(const DetectTuning &) const
{
    return {};
}

double Detector::effort(const Look &look, Size frame, const DetectTuning &tuning) const
{
    const double least = std::max({static_cast<double>(look.least),
                                   static_cast<double>(tuning.minSize.width), 1.0});
    return static_cast<double>(look.middles.area()) * frame.width * frame.height / (least * least);
}

Result<std::unique_ptr<Detector>> makeDetector(std::string_view name)
{
    std::string known;
    for (const DetectorKind &kind : detectorKinds()) {
        if (kind.name == name)
            return kind.make();
        known += (known.empty() ? "" : ", ") + std::string(kind.name);
    }
    return fail(ErrorCode::InvalidArgument, "detect.detector",
                "there is no detector \"" + std::string(name) + "\"", "known: " + known);
}

} // namespace facetrack

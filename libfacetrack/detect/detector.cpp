#include "libfacetrack/detect/detector.h"

namespace facetrack {

Detector::~Detector() = default;

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

#include "libfacetrack/capture/camera_kinds.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/capture/file_source.h"
#include "libfacetrack/capture/images_source.h"
#include "libfacetrack/capture/synthetic_source.h"

namespace facetrack {

const std::vector<SourceKind> &sourceKinds()
{
    // A new kind is one line here, and its own file.
    static const std::vector<SourceKind> kinds{
        FileSource::kind(),
        ImagesSource::kind(),
        SyntheticSource::kind(),
        libcameraKind(),
        qtcameraKind(),
    };
    return kinds;
}

} // namespace facetrack

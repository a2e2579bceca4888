#include "libfacetrack/detect/detector.h"
#include "libfacetrack/detect/haar_detector.h"
#include "libfacetrack/detect/yunet_detector.h"

namespace facetrack {

const std::vector<DetectorKind> &detectorKinds()
{
    // A new detector is one file and one line here.
    static const std::vector<DetectorKind> kinds{
        {"haar", "classic cascade of Haar features (OpenCV), frontal faces", makeHaarDetector},
        {"yunet", "small neural network (OpenCV dnn), faces at more angles", makeYuNetDetector},
    };
    return kinds;
}

} // namespace facetrack

#pragma once
#include "libfacetrack/detect/detector.h"

#include <memory>

namespace facetrack {

/// Boosted cascade of Haar features: P. Viola and M. Jones, "Rapid Object Detection using a
/// Boosted Cascade of Simple Features", CVPR 2001, in OpenCV's CascadeClassifier. Every
/// Detection has score 1, since a cascade answers yes or no.
FACETRACK_EXPORT std::unique_ptr<Detector> makeHaarDetector();

} // namespace facetrack

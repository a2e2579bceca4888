#pragma once
#include "libfacetrack/detect/detector.h"

#include <memory>

namespace facetrack {

/// YuNet, a small convolutional network, through OpenCV's dnn module: W. Wu, H. Peng, S. Yu,
/// "YuNet: A Tiny Millisecond-level Face Detector", 2023. Its boxes are higher than wide;
/// `min_size` and `max_size` are held against their longer side.
FACETRACK_EXPORT std::unique_ptr<Detector> makeYuNetDetector();

} // namespace facetrack

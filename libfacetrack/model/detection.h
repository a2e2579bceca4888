#pragma once
#include "libfacetrack/model/box.h"

#include <cstdint>

namespace facetrack {

/// One face found in one frame.
struct Detection
{
    Box box;
    float score = 1; ///< how sure the detector is, 0..1; detectors without a score say 1
};

/// A face with an identity over time, on this camera only. Nothing biometric is behind it:
/// the identity comes from place and motion.
struct Track
{
    /// Counts up from 1 in each run of an agent: one for each visit. 0 while nobody knows who it
    /// is: a face found only a few times yet, or a second box on one head.
    std::uint32_t id = 0;
    Box box;
    float score = 1;
};

/// Where a face of earlier frames should be now.
struct ExpectedFace
{
    /// Of the detections that follow each other closely, which ones: it tells faces apart that have
    /// no identity yet.
    std::uint32_t thread = 0;
    Box box;
};

} // namespace facetrack

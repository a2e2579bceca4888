#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/model/frame.h"
#include "libfacetrack/stream/jpeg_decoder.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace facetrack {

/// One frame of a Clip, packed.
struct ClipFrame
{
    std::shared_ptr<const std::string> jpeg;
    Size size;
    std::uint64_t sequence = 0;
    MonotonicTime captured{0};
    UtcTime capturedUtc{0};
    std::string file; ///< of `images:` only; such frames have nothing to do with each other
};

/// How far back a Clip goes, against what was asked for.
enum class ClipReach {
    AsAsked,
    Memory,    ///< less: no more pictures fit into the memory given to clips
    Beginning, ///< less: the camera has not been running for so long
};

/// The last seconds of a camera, frozen: to look at the same frames under other settings. In
/// memory only.
struct FACETRACK_EXPORT Clip
{
    std::vector<ClipFrame> frames; ///< oldest first; never empty
    std::chrono::nanoseconds asked{0};
    ClipReach reach = ClipReach::AsAsked;

    double seconds() const; ///< from the first to the last
    std::size_t bytes() const;
};

using ClipPtr = std::shared_ptr<const Clip>;

/// The picture of `packed` with its times.
FACETRACK_EXPORT Result<FramePtr> unpack(const ClipFrame &packed, JpegDecoder &decoder);

} // namespace facetrack

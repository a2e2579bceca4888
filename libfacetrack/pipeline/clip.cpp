#include "libfacetrack/pipeline/clip.h"

#include <chrono>
#include <numeric>

namespace facetrack {

double Clip::seconds() const
{
    return std::chrono::duration<double>(frames.back().captured - frames.front().captured).count();
}

std::size_t Clip::bytes() const
{
    return std::accumulate(
        frames.begin(), frames.end(), std::size_t(0),
        [](std::size_t sum, const ClipFrame &frame) { return sum + frame.jpeg->size(); });
}

Result<FramePtr> unpack(const ClipFrame &packed, JpegDecoder &decoder)
{
    auto frame = decoder.decode(*packed.jpeg);
    if (!frame)
        return tl::unexpected(frame.error());
    return frame->sequence(packed.sequence)
        .captured(packed.captured, packed.capturedUtc)
        .file(packed.file)
        .build();
}

} // namespace facetrack

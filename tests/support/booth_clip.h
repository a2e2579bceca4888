#pragma once
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/pipeline/clip.h"
#include "libfacetrack/stream/jpeg_encoder.h"

/// A clip of this source, as the ring would pack it.
inline facetrack::ClipPtr clipOf(const std::string &source)
{
    const auto opened = facetrack::openSource(source, facetrack::Pacing::AsFastAsPossible).value();
    auto clip = std::make_shared<facetrack::Clip>();
    facetrack::JpegEncoder encoder;
    while (const facetrack::FramePtr frame = opened->next({}).value())
        clip->frames.push_back({std::make_shared<const std::string>(*encoder.encode(*frame, 92)), frame->size(),
                                frame->sequence(), frame->captured(), frame->capturedUtc(), {}});
    return clip;
}

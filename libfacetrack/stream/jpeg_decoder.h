#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/model/frame.h"

#include <memory>
#include <string_view>

namespace facetrack {

/// JPEG to YUV planes by libjpeg-turbo, without a way over BGR: what JpegEncoder made comes back as
/// I420, or Grey for a picture without colour. Thread-bound: the handle is kept.
class FACETRACK_EXPORT JpegDecoder
{
public:
    JpegDecoder();
    ~JpegDecoder();
    JpegDecoder(const JpegDecoder &) = delete;
    JpegDecoder &operator=(const JpegDecoder &) = delete;

    /// A frame under construction, without times. Corrupt for what is no JPEG or is damaged,
    /// Unsupported for chroma other than 4:2:0.
    Result<FrameBuilder> decode(std::string_view jpeg);

private:
    void *const m_handle; // a tjhandle, which is a void pointer
};

} // namespace facetrack

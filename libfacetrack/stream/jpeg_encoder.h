#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/model/frame.h"

#include <memory>
#include <string_view>

namespace facetrack {

/// Frames to JPEG by libjpeg-turbo. YUV planes go in as they are (Frame's YUV is JPEG's own, full
/// range BT.601), nothing is converted to BGR on the way; chroma is 4:2:0.
/// Thread-bound: buffers are kept from one picture to the next.
class FACETRACK_EXPORT JpegEncoder
{
public:
    JpegEncoder();
    ~JpegEncoder();
    JpegEncoder(const JpegEncoder &) = delete;
    JpegEncoder &operator=(const JpegEncoder &) = delete;

    /// The JPEG of `frame`; `quality` is 1..100. The bytes belong to the encoder and are valid
    /// until the next call. InvalidArgument for a picture without pixels or a quality out of
    /// range, Internal with libjpeg-turbo's words when that fails.
    Result<std::string_view> encode(const Frame &frame, int quality);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack

#include "libfacetrack/stream/jpeg_decoder.h"

#include <array>
#include <turbojpeg.h>

namespace facetrack {

namespace {

Error corrupt(tjhandle handle)
{
    return {ErrorCode::Corrupt, "JPEG", handle ? tjGetErrorStr2(handle) : "no decoder", {}};
}

} // namespace

JpegDecoder::JpegDecoder() : m_handle(tjInitDecompress()) {}

JpegDecoder::~JpegDecoder()
{
    if (m_handle)
        tjDestroy(m_handle);
}

Result<FrameBuilder> JpegDecoder::decode(std::string_view jpeg)
{
    const auto *const bytes = reinterpret_cast<const unsigned char *>(jpeg.data());
    const unsigned long count = jpeg.size();
    int width = 0, height = 0, sampling = 0, colours = 0;
    if (!m_handle
        || tjDecompressHeader3(m_handle, bytes, count, &width, &height, &sampling, &colours) != 0)
        return tl::unexpected(corrupt(m_handle));
    if (sampling != TJSAMP_420 && sampling != TJSAMP_GRAY)
        return tl::unexpected(
            Error{ErrorCode::Unsupported, "JPEG", "its chroma is not 4:2:0", {}});
    const bool grey = sampling == TJSAMP_GRAY;
    FrameBuilder frame(grey ? PixelFormat::Grey : PixelFormat::I420, {width, height});
    std::array<unsigned char *, 3> planes{};
    std::array<int, 3> strides{};
    for (int i = 0; i < (grey ? 1 : 3); ++i) {
        const MutablePlane plane = frame.plane(i);
        planes[static_cast<std::size_t>(i)] = plane.data;
        strides[static_cast<std::size_t>(i)] = plane.stride;
    }
    if (tjDecompressToYUVPlanes(m_handle, bytes, count, planes.data(), width, strides.data(),
                                height, TJFLAG_FASTDCT) != 0)
        return tl::unexpected(corrupt(m_handle));
    return frame;
}

} // namespace facetrack

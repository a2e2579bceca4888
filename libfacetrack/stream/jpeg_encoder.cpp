#include "libfacetrack/stream/jpeg_encoder.h"

#include <array>
#include <cstddef>
#include <turbojpeg.h>
#include <vector>

namespace facetrack {

namespace {

struct TurboFree
{
    void operator()(unsigned char *bytes) const { tjFree(bytes); }
};

} // namespace

class JpegEncoder::Impl
{
public:
    Impl() : m_handle(tjInitCompress()) {}
    ~Impl()
    {
        if (m_handle)
            tjDestroy(m_handle);
    }
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    Result<std::string_view> encode(const Frame &frame, int quality);

private:
    bool reserve(const Frame &frame, int subsampling);
    int compressYuv(const Frame &frame, int subsampling, int quality);
    int compressBgr(const Frame &frame, int quality);
    void splitChroma(const Plane &interleaved);

    tjhandle m_handle;
    std::unique_ptr<unsigned char, TurboFree> m_jpeg;
    unsigned long m_capacity = 0;
    unsigned long m_size = 0;
    std::vector<unsigned char> m_u; ///< NV12's chroma, taken apart
    std::vector<unsigned char> m_v;
};

bool JpegEncoder::Impl::reserve(const Frame &frame, int subsampling)
{
    // Room for the worst case, so that turbojpeg never has to reallocate.
    const unsigned long needed = tjBufSize(frame.width(), frame.height(), subsampling);
    if (needed == static_cast<unsigned long>(-1))
        return false;
    if (needed > m_capacity) {
        m_jpeg.reset(tjAlloc(static_cast<int>(needed)));
        m_capacity = m_jpeg ? needed : 0;
    }
    m_size = m_capacity;
    return m_jpeg != nullptr;
}

void JpegEncoder::Impl::splitChroma(const Plane &interleaved)
{
    const auto width = static_cast<std::size_t>(interleaved.width);
    const std::size_t samples = width * static_cast<std::size_t>(interleaved.height);
    m_u.resize(samples);
    m_v.resize(samples);
    for (int y = 0; y < interleaved.height; ++y) {
        const std::uint8_t *from = interleaved.data + std::ptrdiff_t(y) * interleaved.stride;
        unsigned char *u = m_u.data() + static_cast<std::size_t>(y) * width;
        unsigned char *v = m_v.data() + static_cast<std::size_t>(y) * width;
        for (std::size_t x = 0; x < width; ++x) {
            u[x] = from[2 * x];
            v[x] = from[2 * x + 1];
        }
    }
}

int JpegEncoder::Impl::compressYuv(const Frame &frame, int subsampling, int quality)
{
    std::array<const unsigned char *, 3> planes{frame.plane(0).data, nullptr, nullptr};
    std::array<int, 3> strides{frame.plane(0).stride, 0, 0};
    if (frame.format() == PixelFormat::I420) {
        for (std::size_t i = 1; i < 3; ++i) {
            planes[i] = frame.plane(static_cast<int>(i)).data;
            strides[i] = frame.plane(static_cast<int>(i)).stride;
        }
    } else if (frame.format() == PixelFormat::NV12) {
        splitChroma(frame.plane(1));
        planes = {planes[0], m_u.data(), m_v.data()};
        strides = {strides[0], frame.plane(1).width, frame.plane(1).width};
    }
    unsigned char *out = m_jpeg.get();
    return tjCompressFromYUVPlanes(m_handle, planes.data(), frame.width(), strides.data(),
                                   frame.height(), subsampling, &out, &m_size, quality,
                                   TJFLAG_NOREALLOC);
}

int JpegEncoder::Impl::compressBgr(const Frame &frame, int quality)
{
    unsigned char *out = m_jpeg.get();
    return tjCompress2(m_handle, frame.plane(0).data, frame.width(), frame.plane(0).stride,
                       frame.height(), TJPF_BGR, &out, &m_size, TJSAMP_420, quality,
                       TJFLAG_NOREALLOC);
}

Result<std::string_view> JpegEncoder::Impl::encode(const Frame &frame, int quality)
{
    if (!m_handle)
        return fail(ErrorCode::Internal, "jpeg", "libjpeg-turbo does not start");
    if (quality < 1 || quality > 100)
        return fail(ErrorCode::InvalidArgument, "jpeg", "the quality must be 1 to 100");
    if (frame.size().empty() || frame.planeCount() == 0)
        return fail(ErrorCode::InvalidArgument, "jpeg", "the picture has no pixels");
    const int subsampling = frame.format() == PixelFormat::Grey ? TJSAMP_GRAY : TJSAMP_420;
    if (!reserve(frame, subsampling))
        return fail(ErrorCode::Internal, "jpeg", "no memory for the picture");
    const int failed = frame.format() == PixelFormat::BGR
                           ? compressBgr(frame, quality)
                           : compressYuv(frame, subsampling, quality);
    if (failed)
        return fail(ErrorCode::Internal, "jpeg", tjGetErrorStr2(m_handle));
    return std::string_view(reinterpret_cast<const char *>(m_jpeg.get()), m_size);
}

JpegEncoder::JpegEncoder() : m_impl(std::make_unique<Impl>()) {}

JpegEncoder::~JpegEncoder() = default;

Result<std::string_view> JpegEncoder::encode(const Frame &frame, int quality)
{
    return m_impl->encode(frame, quality);
}

} // namespace facetrack

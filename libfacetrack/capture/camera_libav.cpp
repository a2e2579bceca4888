#include "libfacetrack/capture/camera_libav.h"

#include <cstring>

namespace facetrack {

namespace {

AVPixelFormat libavFormat(CameraPixels pixels)
{
    switch (pixels) {
    case CameraPixels::I420:
    case CameraPixels::YV12:
        return AV_PIX_FMT_YUV420P;
    case CameraPixels::NV12:
        return AV_PIX_FMT_NV12;
    case CameraPixels::NV21:
        return AV_PIX_FMT_NV21;
    case CameraPixels::YUYV:
        return AV_PIX_FMT_YUYV422;
    case CameraPixels::UYVY:
        return AV_PIX_FMT_UYVY422;
    case CameraPixels::Grey:
        return AV_PIX_FMT_GRAY8;
    case CameraPixels::Mjpeg:
        break;
    }
    return AV_PIX_FMT_NONE;
}

} // namespace

Result<FrameBuilder> CameraConverter::Libav::convert(const CameraPicture &picture, const Turn &turn)
{
    if (picture.pixels == CameraPixels::Mjpeg)
        return decode(picture, turn);
    if (!m_frame)
        m_frame.reset(av_frame_alloc());
    if (!m_frame)
        return fail(ErrorCode::Internal, "camera", "out of memory");
    // The camera's memory as it is: FFmpeg only reads it.
    av_frame_unref(m_frame.get());
    m_frame->width = picture.size.width;
    m_frame->height = picture.size.height;
    m_frame->format = libavFormat(picture.pixels);
    m_frame->color_range = picture.limitedRange ? AVCOL_RANGE_MPEG : AVCOL_RANGE_JPEG;
    m_frame->colorspace = picture.bt709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
    for (std::size_t i = 0; i < 3; ++i) {
        const bool exchanged = picture.pixels == CameraPixels::YV12 && i > 0;
        m_frame->data[i] = const_cast<std::uint8_t *>(picture.data[exchanged ? 3 - i : i]);
        m_frame->linesize[i] = picture.stride[exchanged ? 3 - i : i];
    }
    return m_fitter.fit(*m_frame, turn);
}

Result<void> CameraConverter::Libav::openDecoder()
{
    if (m_decoder)
        return {};
    av::routeLog();
    const AVCodec *codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
    m_decoder.reset(codec ? avcodec_alloc_context3(codec) : nullptr);
    m_packet.reset(av_packet_alloc());
    if (m_decoder) {
        m_decoder->thread_count = 1; // more would hold pictures back
        m_decoder->err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE;
    }
    if (!m_decoder || !m_packet || avcodec_open2(m_decoder.get(), codec, nullptr) < 0) {
        m_decoder.reset();
        return fail(ErrorCode::Unsupported, "camera", "FFmpeg's JPEG decoder does not start");
    }
    return {};
}

Result<FrameBuilder> CameraConverter::Libav::decode(const CameraPicture &picture, const Turn &turn)
{
    if (const auto opened = openDecoder(); !opened)
        return tl::unexpected(opened.error());
    if (!picture.data[0] || picture.bytes[0] < 4 || picture.bytes[0] > (64U << 20))
        return fail(ErrorCode::Corrupt, "camera", "a JPEG of no sensible length");
    av_packet_unref(m_packet.get());
    if (av_new_packet(m_packet.get(), static_cast<int>(picture.bytes[0])) < 0)
        return fail(ErrorCode::Internal, "camera", "out of memory");
    std::memcpy(m_packet->data, picture.data[0], picture.bytes[0]);
    av::FrameHolder decoded(av_frame_alloc());
    int failure = avcodec_send_packet(m_decoder.get(), m_packet.get());
    if (failure >= 0)
        failure = avcodec_receive_frame(m_decoder.get(), decoded.get());
    if (failure < 0) {
        avcodec_flush_buffers(m_decoder.get());
        return fail(ErrorCode::Corrupt, "camera",
                    "a JPEG cannot be decoded: " + av::errorText(failure));
    }
    return m_fitter.fit(*decoded, turn);
}

} // namespace facetrack

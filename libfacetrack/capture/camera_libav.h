#pragma once
#include "libfacetrack/capture/camera_picture.h"
#include "libfacetrack/capture/libav.h"
#include "libfacetrack/capture/picture_fitter.h"

namespace facetrack {

/// What CameraConverter leaves to FFmpeg's libraries. Thread-bound; internal to this room.
class CameraConverter::Libav
{
public:
    explicit Libav(Size wanted) : m_fitter(wanted, Fit::Stretch) {}

    Result<FrameBuilder> convert(const CameraPicture &picture, const Turn &turn);

private:
    Result<void> openDecoder();
    Result<FrameBuilder> decode(const CameraPicture &picture, const Turn &turn);

    PictureFitter m_fitter;
    av::FrameHolder m_frame;
    av::Packet m_packet;
    av::CodecContext m_decoder; ///< of JPEG, made when needed
};

} // namespace facetrack

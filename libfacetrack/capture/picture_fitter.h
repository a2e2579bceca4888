#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/libav.h"
#include "libfacetrack/capture/source_url.h"
#include "libfacetrack/capture/turn.h"
#include "libfacetrack/model/frame.h"

namespace facetrack {

/// Makes a decoded picture of whatever kind the full-range BT.601 I420 of the wanted size.
/// Scaling and the stretch from limited to full range are one pass of libswscale over the YUV
/// planes. Samples count as square, and colours as BT.601 where the file does not say BT.709.
/// Thread-bound; keeps its scaler from one picture to the next.
class PictureFitter
{
public:
    /// An empty `size` keeps each picture's own.
    PictureFitter(Size size, Fit fit) : m_size(size), m_fit(fit) {}

    /// `turn` is what the container says; a picture that says so itself (EXIF) overrules it.
    /// Corrupt where the picture's size or kind cannot be.
    Result<FrameBuilder> fit(const AVFrame &picture, Turn turn);

private:
    /// What the scaler was made for.
    struct Task
    {
        Size from;
        int format = AV_PIX_FMT_NONE;
        bool fullRange = false;
        Size to;
        bool operator==(const Task &) const = default;
    };

    Result<void> prepare(const Task &task);
    Result<FrameBuilder> scaled(const AVFrame &picture, Size to);

    const Size m_size;
    const Fit m_fit;
    Task m_task;
    av::Scaler m_scaler;
};

} // namespace facetrack

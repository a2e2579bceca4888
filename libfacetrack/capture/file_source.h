#pragma once
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/capture/delivery.h"
#include "libfacetrack/capture/media_timeline.h"
#include "libfacetrack/capture/picture_fitter.h"
#include "libfacetrack/capture/video_decoder.h"

#include <memory>

namespace facetrack {

/// `file:PATH[?loop=1][&rate=native|max]`: a video file, through FFmpeg's libraries. Phone videos
/// are turned upright. Thread-bound.
///
/// A damaged file delivers its sound frames first, then ends with Corrupt, which names the place;
/// with `loop=1` it is not started again. In RealTime a consumer that is late gets the late frames
/// without waiting; more than Pacer::MostLate behind, the recording goes on from there.
class FileSource final : public CaptureSource
{
public:
    static SourceKind kind();

    /// NotFound for a missing file, InvalidArgument for a directory, FIFO, device or socket, Denied
    /// without permission, Unsupported for playlists and unknown codecs, Corrupt for what cannot
    /// be read: no video, empty, or cut off before its index.
    static Result<std::unique_ptr<CaptureSource>> open(const SourceUrl &url, Pacing pacing,
                                                       const Clock &clock);

    Result<FramePtr> next(std::stop_token stop) override;
    double nominalFps() const override { return m_decoder->fps(); }
    std::uint64_t expectedFrames() const override;

private:
    FileSource(SourceUrl url, Pacing pacing, std::string_view rate, bool loop,
               std::unique_ptr<VideoDecoder> decoder, const Clock &clock);

    Result<const AVFrame *> nextPicture(std::stop_token stop);

    const SourceUrl m_url;
    const bool m_loop;
    std::unique_ptr<VideoDecoder> m_decoder;
    PictureFitter m_fitter;
    MediaTimeline m_timeline;
    Delivery m_delivery;
    std::uint64_t m_sequence = 0;
};

} // namespace facetrack

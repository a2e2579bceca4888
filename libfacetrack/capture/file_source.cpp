#include "libfacetrack/capture/file_source.h"

namespace facetrack {

namespace {

std::chrono::nanoseconds stepOf(double fps)
{
    return std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 / (fps > 0 ? fps : 25)));
}

} // namespace

SourceKind FileSource::kind()
{
    return {"file", "file:PATH[?loop=1][&rate=native|max]", "A video file that FFmpeg can read.",
            &FileSource::open};
}

Result<std::unique_ptr<CaptureSource>> FileSource::open(const SourceUrl &url, Pacing pacing,
                                                        const Clock &clock)
{
    if (const auto allowed = url.allowOnly({"loop", "rate"}); !allowed)
        return tl::unexpected(allowed.error());
    const auto loop = url.flag("loop", false);
    if (!loop)
        return tl::unexpected(loop.error());
    const auto rate = url.choice("rate", {"native", "max"});
    if (!rate)
        return tl::unexpected(rate.error());
    auto decoder = VideoDecoder::open(url.path);
    if (!decoder)
        return tl::unexpected(decoder.error());
    return std::unique_ptr<CaptureSource>(
        new FileSource(url, pacing, *rate, *loop, std::move(*decoder), clock));
}

FileSource::FileSource(SourceUrl url, Pacing pacing, std::string_view rate, bool loop,
                       std::unique_ptr<VideoDecoder> decoder, const Clock &clock)
    : m_url(std::move(url)),
      m_loop(loop),
      m_decoder(std::move(decoder)),
      m_fitter(m_url.size, m_url.fit),
      m_timeline(stepOf(m_decoder->fps())),
      m_delivery(pacing, rate, clock)
{
}

std::uint64_t FileSource::expectedFrames() const
{
    return m_loop ? 0 : m_decoder->expectedFrames();
}

Result<const AVFrame *> FileSource::nextPicture(std::stop_token stop)
{
    auto picture = m_decoder->next(stop);
    if (!picture || *picture || !m_loop || m_sequence == 0 || stop.stop_requested())
        return picture;
    // Opened anew rather than wound back: not every container can seek.
    auto again = VideoDecoder::open(m_url.path);
    if (!again)
        return tl::unexpected(again.error());
    m_decoder = std::move(*again);
    m_timeline.startPass();
    return m_decoder->next(stop);
}

Result<FramePtr> FileSource::next(std::stop_token stop)
{
    const auto picture = nextPicture(stop);
    if (!picture)
        return tl::unexpected(picture.error());
    if (!*picture)
        return FramePtr();
    const std::chrono::nanoseconds time = m_timeline.place(m_decoder->time());
    auto frame = m_fitter.fit(**picture, m_decoder->turn());
    if (!frame)
        return fail(frame.error().code, m_url.path,
                    "frame " + std::to_string(m_sequence) + ": " + frame.error().message);
    // Fitted before the wait, so that the frame leaves at its moment.
    if (!m_delivery.wait(stop, time))
        return FramePtr();
    m_delivery.stamp(*frame, time);
    return frame->sequence(m_sequence++).build();
}

} // namespace facetrack

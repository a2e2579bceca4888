#include "libfacetrack/capture/video_decoder.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/capture/local_path.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace facetrack {

namespace {

// A decoder that fails this often in a row, without a picture, will not find its feet again.
constexpr int HopelessFailures = 10000;

std::string atSecond(double seconds)
{
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), " (at %.3f s)", seconds);
    return text.data();
}

/// MP4 lists where every frame lies before any is read: a cut file shows by what lies beyond its
/// end. Counting frames instead would call files damaged whose edit list skips some.
bool indexPointsBeyondEnd(AVFormatContext &format, AVStream &stream)
{
    const std::int64_t size = avio_size(format.pb);
    const int entries = avformat_index_get_entries_count(&stream);
    if (size <= 0 || std::string_view(format.iformat->name).find("mp4") == std::string_view::npos)
        return false;
    for (int i = entries - 1; i >= 0; --i) {
        const AVIndexEntry *entry = avformat_index_get_entry(&stream, i);
        if (entry && entry->pos + entry->size > size)
            return true;
    }
    return false;
}

} // namespace

VideoDecoder::VideoDecoder(std::string path, av::Container container)
    : m_path(std::move(path)),
      m_container(std::move(container)),
      m_packet(av_packet_alloc()),
      m_picture(av_frame_alloc())
{
}

Result<std::unique_ptr<VideoDecoder>> VideoDecoder::open(const std::string &path)
{
    av::routeLog();
    if (const auto usable = requireRegularFile(path); !usable)
        return tl::unexpected(usable.error());
    auto container = av::openContainer(path);
    if (!container)
        return tl::unexpected(container.error());
    std::unique_ptr<VideoDecoder> decoder(new VideoDecoder(path, std::move(*container)));
    if (!decoder->m_packet || !decoder->m_picture)
        return fail(ErrorCode::Internal, path, "out of memory");
    if (const auto found = decoder->findStream(); !found)
        return tl::unexpected(found.error());
    if (const auto opened = decoder->openCodec(); !opened)
        return tl::unexpected(opened.error());
    decoder->findTurn();
    return decoder;
}

Result<void> VideoDecoder::findStream()
{
    AVFormatContext *format = m_container.format.get();
    const int looked = avformat_find_stream_info(format, nullptr);
    if (looked < 0)
        return fail(ErrorCode::Corrupt, m_path,
                    "this video cannot be read: " + av::errorText(looked));
    const int index = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (index < 0)
        return fail(ErrorCode::Corrupt, m_path, "there is no video in this file");
    for (unsigned i = 0; i < format->nb_streams; ++i) {
        if (static_cast<int>(i) != index)
            format->streams[i]->discard = AVDISCARD_ALL;
    }
    m_stream = format->streams[index];
    const AVRational rate = av_guess_frame_rate(format, m_stream, nullptr);
    m_fps = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
    return {};
}

Result<void> VideoDecoder::openCodec()
{
    const AVCodecParameters &about = *m_stream->codecpar;
    const AVCodec *codec = avcodec_find_decoder(about.codec_id);
    if (!codec)
        return fail(ErrorCode::Unsupported, m_path,
                    std::string("there is no decoder for ") + avcodec_get_name(about.codec_id));
    m_codec.reset(avcodec_alloc_context3(codec));
    if (!m_codec || avcodec_parameters_to_context(m_codec.get(), &about) < 0)
        return fail(ErrorCode::Internal, m_path, "out of memory");
    m_codec->pkt_timebase = m_stream->time_base;
    // One: with several, libavcodec hands a picture out before it knows that it is broken, and
    // costs more in all; beside a detector, decoding is never what takes the time.
    m_codec->thread_count = 1;
    // Checksums where the codec has them; nothing here rejects streams that are merely unusual.
    m_codec->err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER;
    // Where every picture stands alone, a fault spoils just this one, and is said only so.
    const AVCodecDescriptor *descriptor = avcodec_descriptor_get(about.codec_id);
    if (descriptor && (descriptor->props & AV_CODEC_PROP_INTRA_ONLY) != 0)
        m_codec->err_recognition |= AV_EF_EXPLODE;
    const int opened = avcodec_open2(m_codec.get(), codec, nullptr);
    if (opened < 0)
        return fail(ErrorCode::Corrupt, m_path,
                    "its video cannot be decoded: " + av::errorText(opened));
    return {};
}

void VideoDecoder::findTurn()
{
    std::array<std::int32_t, 9> matrix{};
#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100) // FFmpeg 6.1 moved it
    const AVCodecParameters &about = *m_stream->codecpar;
    const AVPacketSideData *side = av_packet_side_data_get(
        about.coded_side_data, about.nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    const std::uint8_t *data = side && side->size >= sizeof matrix ? side->data : nullptr;
#else
    std::size_t size = 0;
    const std::uint8_t *data = av_stream_get_side_data(m_stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    data = size >= sizeof matrix ? data : nullptr;
#endif
    if (!data)
        return;
    std::memcpy(matrix.data(), data, sizeof matrix);
    m_turn = Turn::fromDisplayMatrix(matrix.data());
}

std::uint64_t VideoDecoder::expectedFrames() const
{
    return m_stream->nb_frames > 0 ? static_cast<std::uint64_t>(m_stream->nb_frames) : 0;
}

std::optional<std::chrono::nanoseconds> VideoDecoder::time() const
{
    const std::int64_t stamp = m_picture->best_effort_timestamp;
    if (stamp == AV_NOPTS_VALUE)
        return std::nullopt;
    return std::chrono::nanoseconds(av_rescale_q(stamp, m_stream->time_base, {1, 1'000'000'000}));
}

void VideoDecoder::noteDamage(const std::string &what)
{
    if (!m_damage.empty())
        return;
    m_damage = what + " near frame " + std::to_string(m_pictures);
    if (m_fps > 0)
        m_damage += atSecond(static_cast<double>(m_pictures) / m_fps);
    qCDebug(lcCapture, "%s: %s", m_path.c_str(), m_damage.c_str());
}

/// Reads one packet into the decoder, or tells it that there is none left.
void VideoDecoder::feed()
{
    const av::LoggedError complaint(m_container.format.get());
    const int read = av_read_frame(m_container.format.get(), m_packet.get());
    if (read == AVERROR(EAGAIN))
        return;
    if (!complaint.text().empty())
        noteDamage("is damaged (" + complaint.text() + ")");
    if (read < 0) {
        if (read != AVERROR_EOF)
            noteDamage("cannot be read further: " + av::errorText(read));
        noteTruncation();
        avcodec_send_packet(m_codec.get(), nullptr);
        return;
    }
    if (m_packet->stream_index == m_stream->index)
        sendPacket();
    av_packet_unref(m_packet.get());
}

void VideoDecoder::sendPacket()
{
    m_sawKeyFrame = m_sawKeyFrame || (m_packet->flags & AV_PKT_FLAG_KEY) != 0;
    // A recording that starts between two key frames cannot show anything until the first: usual
    // for transport streams, and no damage.
    if (!m_sawKeyFrame)
        return;
    if ((m_packet->flags & AV_PKT_FLAG_CORRUPT) != 0) {
        noteDamage("has a broken packet");
        return;
    }
    const int sent = avcodec_send_packet(m_codec.get(), m_packet.get());
    if (sent < 0 && sent != AVERROR(EAGAIN) && sent != AVERROR_EOF) {
        noteDamage("cannot be decoded: " + av::errorText(sent));
        ++m_failuresInARow;
    }
}

/// Whether the picture just received is fit to be seen.
bool VideoDecoder::takeSound()
{
    const bool broken = (m_picture->flags & AV_FRAME_FLAG_CORRUPT) != 0
                        || m_picture->decode_error_flags != 0;
    if (broken)
        noteDamage("has a broken picture");
    ++m_pictures;
    m_failuresInARow = 0;
    return !broken;
}

/// Being cut off explains whatever else was wrong.
void VideoDecoder::noteTruncation()
{
    if (indexPointsBeyondEnd(*m_container.format, *m_stream))
        m_damage = "is cut off";
}

Result<const AVFrame *> VideoDecoder::finish()
{
    m_ended = true;
    if (m_damage.empty() && m_pictures > 0)
        return nullptr;
    if (m_pictures == 0)
        return fail(ErrorCode::Corrupt, m_path, "not one frame of this video can be decoded",
                    "is the file complete?");
    std::string message = "the video " + m_damage + "; it ended after "
                          + std::to_string(m_pictures);
    if (expectedFrames() > 0)
        message += " of " + std::to_string(expectedFrames());
    return fail(ErrorCode::Corrupt, m_path, message + " frames", "is the file complete?");
}

Result<const AVFrame *> VideoDecoder::next(std::stop_token stop)
{
    while (!m_ended && !stop.stop_requested()) {
        const int received = avcodec_receive_frame(m_codec.get(), m_picture.get());
        if (received == 0) {
            if (takeSound())
                return m_picture.get();
        } else if (received == AVERROR_EOF) {
            return finish();
        } else if (received == AVERROR(EAGAIN)) {
            feed();
        } else {
            noteDamage("cannot be decoded: " + av::errorText(received));
            if (++m_failuresInARow > HopelessFailures)
                return finish();
        }
    }
    return nullptr;
}

} // namespace facetrack

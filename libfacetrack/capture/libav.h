#pragma once
#include "libfacetrack/base/result.h"

#include <memory>
#include <string>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

/// \file
/// FFmpeg's C objects with owners. Not part of the public interface: no installed header of
/// another room includes it.

namespace facetrack::av {

struct Free
{
    void operator()(AVFormatContext *context) const { avformat_close_input(&context); }
    void operator()(AVIOContext *context) const { avio_closep(&context); }
    void operator()(AVCodecContext *context) const { avcodec_free_context(&context); }
    void operator()(AVFrame *frame) const { av_frame_free(&frame); }
    void operator()(AVPacket *packet) const { av_packet_free(&packet); }
    void operator()(SwsContext *context) const { sws_freeContext(context); }
};

using FormatContext = std::unique_ptr<AVFormatContext, Free>;
using IoContext = std::unique_ptr<AVIOContext, Free>;
using CodecContext = std::unique_ptr<AVCodecContext, Free>;
using FrameHolder = std::unique_ptr<AVFrame, Free>;
using Packet = std::unique_ptr<AVPacket, Free>;
using Scaler = std::unique_ptr<SwsContext, Free>;

/// FFmpeg's words for one of its error numbers.
std::string errorText(int error);

/// Sends FFmpeg's own log lines to lcCapture at debug level instead of standard error.
/// Any thread, any number of times.
void routeLog();

/// While it lives, keeps the first error that `context`'s class logs on this thread. Some demuxers
/// step over damage and tell nobody but the log. Thread-bound; one at a time.
class LoggedError
{
public:
    explicit LoggedError(const void *context);
    ~LoggedError();
    LoggedError(const LoggedError &) = delete;
    LoggedError &operator=(const LoggedError &) = delete;

    /// Empty while there was none.
    const std::string &text() const { return m_text; }

private:
    friend void heardLogLine(const void *context, int level, const char *line);
    const void *m_context;
    std::string m_text;
};

/// A container opened for reading. The bytes must outlive the demuxer, hence the order of members.
struct Container
{
    IoContext bytes;
    FormatContext format;
};

/// Opens a file on this machine and nothing else: a playlist, or a video that refers to other
/// files or addresses, is refused, so that a file from a stranger cannot make this program read
/// or call anything. Unsupported for playlists, Corrupt for what no demuxer understands.
Result<Container> openContainer(const std::string &path);

} // namespace facetrack::av

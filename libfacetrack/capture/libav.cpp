#include "libfacetrack/capture/libav.h"

#include "libfacetrack/base/log.h"

#include <QString>
#include <algorithm>
#include <array>
#include <cstdarg>
#include <mutex>
#include <string_view>

namespace facetrack::av {

namespace {

thread_local LoggedError *listener = nullptr;

} // namespace

void heardLogLine(const void *context, int level, const char *line)
{
    if (listener && listener->m_context == context && level <= AV_LOG_ERROR
        && listener->m_text.empty())
        listener->m_text = QString::fromUtf8(line).trimmed().toStdString();
}

namespace {

void logLine(void *context, int level, const char *format, va_list arguments)
{
    const bool shown = level <= av_log_get_level() && lcCapture().isDebugEnabled();
    if (!shown && !(listener && level <= AV_LOG_ERROR))
        return;
    int prefix = 0;
    std::array<char, 1024> line{};
    av_log_format_line2(context, level, format, arguments, line.data(),
                        static_cast<int>(line.size()), &prefix);
    heardLogLine(context, level, line.data());
    if (!shown)
        return;
    qCDebug(lcCapture).noquote() << "ffmpeg:" << QString::fromUtf8(line.data()).trimmed();
}

/// Demuxers that read addresses or names of other files out of the file.
bool readsOtherFiles(const AVInputFormat &format)
{
    static constexpr std::array<std::string_view, 9> playlists{
        "hls", "concat", "dash", "imf", "sdp", "rtsp", "webm_dash_manifest", "vapoursynth", "avisynth"};
    const std::string_view name = format.name;
    return std::find(playlists.begin(), playlists.end(), name) != playlists.end()
           || (format.flags & AVFMT_NOFILE) != 0;
}

int refuseOtherFiles(AVFormatContext *, AVIOContext **, const char *url, int, AVDictionary **)
{
    qCWarning(lcCapture, "a video refers to another file or address, which is not opened: %s", url);
    return AVERROR(EACCES);
}

Result<const AVInputFormat *> probe(AVIOContext *bytes, const std::string &path)
{
    const AVInputFormat *format = nullptr;
    const int probed = av_probe_input_buffer2(bytes, &format, path.c_str(), nullptr, 0, 0);
    if (probed < 0 || !format)
        return fail(ErrorCode::Corrupt, path, "this is not a video that can be read",
                    "FFmpeg knows no container like it; is the file complete?");
    if (readsOtherFiles(*format))
        return fail(ErrorCode::Unsupported, path,
                    std::string("this is a playlist (") + format->name + "), not a video",
                    "name the video file itself");
    return format;
}

} // namespace

std::string errorText(int error)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(error, text.data(), text.size());
    return text.data();
}

void routeLog()
{
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_callback(logLine); });
}

LoggedError::LoggedError(const void *context) : m_context(context)
{
    listener = this;
}

LoggedError::~LoggedError()
{
    listener = nullptr;
}

Result<Container> openContainer(const std::string &path)
{
    Container container;
    // The prefix keeps a path such as "http:x" from being taken for an address.
    const std::string url = "file:" + path;
    AVIOContext *bytes = nullptr;
    const int opened = avio_open2(&bytes, url.c_str(), AVIO_FLAG_READ, nullptr, nullptr);
    container.bytes.reset(bytes);
    if (opened < 0)
        return fail(opened == AVERROR(EACCES) ? ErrorCode::Denied : ErrorCode::Io, path,
                    "cannot be opened: " + errorText(opened));
    const auto input = probe(bytes, path);
    if (!input)
        return tl::unexpected(input.error());
    AVFormatContext *format = avformat_alloc_context();
    if (!format)
        return fail(ErrorCode::Internal, path, "out of memory");
    format->pb = bytes;
    format->io_open = refuseOtherFiles;
    AVDictionary *options = nullptr;
    av_dict_set(&options, "protocol_whitelist", "file", 0);
    // On failure it frees `format` itself.
    const int read = avformat_open_input(&format, url.c_str(), *input, &options);
    av_dict_free(&options);
    container.format.reset(format);
    if (read < 0)
        return fail(ErrorCode::Corrupt, path, "this video cannot be read: " + errorText(read),
                    "is the file complete?");
    return container;
}

} // namespace facetrack::av

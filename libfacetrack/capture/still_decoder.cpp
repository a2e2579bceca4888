#include "libfacetrack/capture/still_decoder.h"

#include "libfacetrack/capture/local_path.h"

#include <cstdio>
#include <filesystem>
#include <string_view>

namespace facetrack {

namespace {

using namespace std::string_view_literals;

constexpr std::uintmax_t MostBytes = 256U << 20;

struct CloseFile
{
    void operator()(std::FILE *file) const { std::fclose(file); }
};

/// The whole file as one packet, with the zeroed padding that decoders read beyond the end.
Result<av::Packet> readWhole(const std::string &path)
{
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(path, failure);
    if (failure)
        return fail(ErrorCode::Io, path, "cannot be read: " + failure.message());
    if (size > MostBytes)
        return fail(ErrorCode::Unsupported, path, "the picture file is larger than 256 MiB");
    av::Packet packet(av_packet_alloc());
    const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
    if (!packet || !file || av_new_packet(packet.get(), static_cast<int>(size)) < 0
        || std::fread(packet->data, 1, size, file.get()) != size)
        return fail(ErrorCode::Io, path, "the picture file cannot be read");
    return packet;
}

AVCodecID codecOf(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xD8\xFF"sv))
        return AV_CODEC_ID_MJPEG;
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv))
        return AV_CODEC_ID_PNG;
    if (bytes.starts_with("BM"sv))
        return AV_CODEC_ID_BMP;
    if (bytes.starts_with("RIFF"sv) && bytes.substr(8).starts_with("WEBP"sv))
        return AV_CODEC_ID_WEBP;
    return AV_CODEC_ID_NONE;
}

/// Decoders make up what is missing at the end of a JPEG, and cannot tell.
bool isCutOff(std::string_view bytes, AVCodecID codec)
{
    return codec == AV_CODEC_ID_MJPEG && bytes.rfind("\xFF\xD9"sv) == std::string_view::npos;
}

Result<av::CodecContext> openDecoder(const std::string &path, AVCodecID id)
{
    const AVCodec *codec = avcodec_find_decoder(id);
    if (!codec)
        return fail(ErrorCode::Unsupported, path,
                    std::string("FFmpeg was built without ") + avcodec_get_name(id));
    av::CodecContext context(avcodec_alloc_context3(codec));
    if (!context)
        return fail(ErrorCode::Internal, path, "out of memory");
    context->thread_count = 1; // more would hold the only picture back
    // A still has no next frame to recover with: the first fault ends it.
    context->err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE;
    if (avcodec_open2(context.get(), codec, nullptr) < 0)
        return fail(ErrorCode::Internal, path,
                    std::string("the decoder of ") + codec->name + " does not start");
    return context;
}

} // namespace

Result<av::FrameHolder> decodeStill(const std::string &path)
{
    av::routeLog();
    if (const auto usable = requireRegularFile(path); !usable)
        return tl::unexpected(usable.error());
    const auto packet = readWhole(path);
    if (!packet)
        return tl::unexpected(packet.error());
    const std::string_view bytes(reinterpret_cast<const char *>((*packet)->data),
                                 static_cast<std::size_t>((*packet)->size));
    const AVCodecID id = codecOf(bytes);
    if (id == AV_CODEC_ID_NONE)
        return fail(ErrorCode::Corrupt, path, "this is not a JPEG, PNG, BMP or WebP picture");
    if (isCutOff(bytes, id))
        return fail(ErrorCode::Corrupt, path, "the picture is cut off");
    const auto decoder = openDecoder(path, id);
    if (!decoder)
        return tl::unexpected(decoder.error());
    av::FrameHolder picture(av_frame_alloc());
    if (!picture)
        return fail(ErrorCode::Internal, path, "out of memory");
    int failure = avcodec_send_packet(decoder->get(), packet->get());
    if (failure >= 0)
        failure = avcodec_send_packet(decoder->get(), nullptr);
    if (failure >= 0)
        failure = avcodec_receive_frame(decoder->get(), picture.get());
    if (failure < 0)
        return fail(failure == AVERROR_PATCHWELCOME ? ErrorCode::Unsupported : ErrorCode::Corrupt,
                    path, "the picture cannot be decoded: " + av::errorText(failure));
    if ((picture->flags & AV_FRAME_FLAG_CORRUPT) != 0 || picture->decode_error_flags != 0)
        return fail(ErrorCode::Corrupt, path, "the picture is damaged");
    return picture;
}

} // namespace facetrack

#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/libav.h"
#include "libfacetrack/capture/turn.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace facetrack {

/// Reads one video file's pictures in the order they are shown, once. Notices damage, goes on as
/// far as it can, and says at the end what was wrong first. Thread-bound.
class VideoDecoder
{
public:
    /// Errors as in FileSource::open.
    static Result<std::unique_ptr<VideoDecoder>> open(const std::string &path);

    /// The next sound picture, valid until the next call; null at the end or when `stop` was
    /// requested. Corrupt, after the last sound picture, where the file is damaged.
    Result<const AVFrame *> next(std::stop_token stop);

    /// The last picture's time as the file has it; nothing where it has none.
    std::optional<std::chrono::nanoseconds> time() const;

    double fps() const { return m_fps; } ///< 0 where the file does not say
    Turn turn() const { return m_turn; }
    /// As the container counts them; 0 where it does not.
    std::uint64_t expectedFrames() const;

private:
    VideoDecoder(std::string path, av::Container container);

    Result<void> findStream();
    Result<void> openCodec();
    void findTurn();
    void feed();
    void sendPacket();
    bool takeSound();
    void noteDamage(const std::string &what);
    void noteTruncation();
    Result<const AVFrame *> finish();

    const std::string m_path;
    av::Container m_container;
    av::CodecContext m_codec;
    av::Packet m_packet;
    av::FrameHolder m_picture;
    AVStream *m_stream = nullptr;
    double m_fps = 0;
    Turn m_turn;
    bool m_sawKeyFrame = false;
    bool m_ended = false;
    std::uint64_t m_pictures = 0; ///< decoded, sound or not
    int m_failuresInARow = 0;
    std::string m_damage; ///< what was wrong first; empty while nothing was
};

} // namespace facetrack

#pragma once
#include "libfacetrack/http/server.h"
#include "libfacetrack/stream/broadcaster.h"
#include "libfacetrack/stream/picture.h"

#include <atomic>
#include <cstdint>
#include <stop_token>
#include <thread>
#include <vector>

namespace facetrack::bench {

constexpr double Fps = 15;
constexpr Size PictureSize{1088, 720};
constexpr unsigned Seed = 1;

/// A few pictures with the structure and noise of a camera's, about 100 kB each as JPEG.
std::vector<FramePtr> cameraPictures();

/// What is measured: a camera at Fps, the Broadcaster and the http::Server.
class RealSender
{
public:
    explicit RealSender(const std::vector<FramePtr> &pictures);
    ~RealSender();

    std::uint16_t port() const { return m_server.port(); }
    std::uint64_t frames() const { return m_frames; }
    std::uint64_t encodes() const { return statistics().encodes; }
    StreamStatistics statistics() const { return m_broadcaster.statistics(); }

private:
    void feed(std::stop_token stop);

    const std::vector<FramePtr> &m_pictures;
    Broadcaster m_broadcaster;
    http::Server m_server;
    std::atomic<std::uint64_t> m_frames = 0;
    std::jthread m_camera;
};

/// What it is held against: the least that can send the same parts at the same pace, one loop of
/// sendmsg() over all sockets and one encode each round.
class BareSender
{
public:
    explicit BareSender(const std::vector<FramePtr> &pictures);

    std::uint16_t port() const { return m_port; }
    std::uint64_t frames() const { return m_frames; }
    std::uint64_t encodes() const { return m_frames; }

private:
    void run(std::stop_token stop);
    void acceptNew();
    void send(int socket, const Part &part);

    const std::vector<FramePtr> &m_pictures;
    int m_listener = -1;
    std::uint16_t m_port = 0;
    std::vector<int> m_sockets;
    std::atomic<std::uint64_t> m_frames = 0;
    std::jthread m_thread;
};

} // namespace facetrack::bench

#include "stream_senders.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <poll.h>
#include <random>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace facetrack::bench {

namespace {

constexpr auto Period = std::chrono::duration_cast<std::chrono::nanoseconds>(
    std::chrono::duration<double>(1 / Fps));

[[noreturn]] void giveUp(const std::string &what)
{
    std::fprintf(stderr, "bench_stream: %s\n", what.c_str());
    std::exit(1);
}

FramePtr cameraPicture(std::mt19937 &random, int number)
{
    FrameBuilder builder(PixelFormat::I420, PictureSize);
    for (int i = 0; i < 3; ++i) {
        const MutablePlane plane = builder.plane(i);
        const double zoom = i == 0 ? 1 : 2;
        for (int y = 0; y < plane.height; ++y)
            for (int x = 0; x < plane.width; ++x) {
                const double wx = 0.021 * zoom * x + 0.2 * number;
                const double wave = std::sin(wx + 1.7 * std::sin(0.013 * zoom * y));
                const double edges = std::tanh(6 * std::sin(0.05 * zoom * y) * std::sin(wx));
                const double noise = static_cast<double>(random() % 13) - 6; // uniform, +-6 levels
                const double value = 120 + (i == 0 ? 40 * wave + 45 * edges + noise : 15 * wave);
                plane.data[std::ptrdiff_t(y) * plane.stride + x] = static_cast<std::uint8_t>(value);
            }
    }
    return builder.build();
}

FramePtr stamped(const Frame &picture, std::uint64_t sequence)
{
    const SystemClock &clock = SystemClock::instance();
    return FrameBuilder::copyOf(picture)
        .sequence(sequence)
        .captured(clock.monotonic(), clock.utc())
        .build();
}

/// `round` is called Fps times a second with its number until `stop` is requested.
template<typename Round>
void paced(std::stop_token stop, Round round)
{
    auto next = std::chrono::steady_clock::now();
    for (std::uint64_t i = 0; !stop.stop_requested(); ++i) {
        round(i);
        next += Period;
        std::this_thread::sleep_until(next);
    }
}

} // namespace

std::vector<FramePtr> cameraPictures()
{
    std::mt19937 random(Seed);
    std::vector<FramePtr> pictures;
    for (int i = 0; i < 8; ++i)
        pictures.push_back(cameraPicture(random, i));
    return pictures;
}

RealSender::RealSender(const std::vector<FramePtr> &pictures)
    : m_pictures(pictures),
      m_broadcaster({.name = "bench", .maxViewers = 128}),
      m_server(http::ServerLimits())
{
    m_broadcaster.start();
    m_server.route("GET", "/stream.mjpg",
                   [this](const http::Request &, const std::shared_ptr<http::Reply> &reply) {
                       auto response = m_broadcaster.watch({});
                       if (!response)
                           giveUp(describe(response.error()));
                       reply->stream(std::move(*response));
                   });
    if (const auto started = m_server.start("127.0.0.1:0"); !started)
        giveUp(describe(started.error()));
    m_camera = std::jthread([this](std::stop_token stop) { feed(stop); });
}

RealSender::~RealSender()
{
    m_camera.request_stop();
    m_camera.join();
    m_broadcaster.stop();
    m_server.stop();
}

void RealSender::feed(std::stop_token stop)
{
    const std::vector<Track> faces{{1, {0.2F, 0.2F, 0.1F, 0.2F}, 1},
                                   {2, {0.6F, 0.3F, 0.2F, 0.4F}, 1}};
    paced(stop, [&](std::uint64_t i) {
        const FramePtr frame = stamped(*m_pictures[i % m_pictures.size()], i);
        m_broadcaster.analysis(std::make_shared<AnalysedFrame>(
            AnalysedFrame{frame, faces, {}, frame->captured(), 0, i}));
        m_broadcaster.frame(frame);
        ++m_frames;
    });
}

BareSender::BareSender(const std::vector<FramePtr> &pictures)
    : m_pictures(pictures), m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto *any = reinterpret_cast<sockaddr *>(&address);
    socklen_t size = sizeof address;
    if (::bind(m_listener, any, size) != 0 || ::listen(m_listener, 128) != 0
        || ::getsockname(m_listener, any, &size) != 0)
        giveUp("no port for the bare loop");
    m_port = ntohs(address.sin_port);
    m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
}

void BareSender::acceptNew()
{
    for (;;) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (socket < 0)
            return;
        const int buffer = 128 * 1024; // as the server does
        ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
        m_sockets.push_back(socket);
        constexpr std::string_view head =
            "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n";
        if (::send(socket, head.data(), head.size(), MSG_NOSIGNAL) < 0)
            giveUp("the bare loop cannot send");
    }
}

void BareSender::run(std::stop_token stop)
{
    PictureMaker maker;
    const std::vector<Track> faces{{1, {0.2F, 0.2F, 0.1F, 0.2F}, 1},
                                   {2, {0.6F, 0.3F, 0.2F, 0.4F}, 1}};
    paced(stop, [&](std::uint64_t i) {
        acceptNew();
        const FramePtr frame = stamped(*m_pictures[i % m_pictures.size()], i);
        const auto jpeg = maker.make(*frame, {}, {faces, BoxLine::Solid, "bench  15.0 fps"});
        const Part part = makePart(*jpeg, *frame, {});
        for (const int socket : m_sockets)
            send(socket, part);
        ++m_frames;
    });
    for (const int socket : m_sockets)
        ::close(socket);
    ::close(m_listener);
}

void BareSender::send(int socket, const Part &part)
{
    std::array<iovec, 2> parts{{{const_cast<char *>(part.head->data()), part.head->size()},
                                {const_cast<char *>(part.body->data()), part.body->size()}}};
    std::size_t left = part.bytes();
    std::size_t first = 0;
    while (left > 0) {
        msghdr message{};
        message.msg_iov = parts.data() + first;
        message.msg_iovlen = parts.size() - first;
        const ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
        if (sent < 0) {
            pollfd wait{socket, POLLOUT, 0};
            if (errno != EAGAIN || ::poll(&wait, 1, 1000) <= 0)
                return; // the clients have gone
            continue;
        }
        left -= static_cast<std::size_t>(sent);
        for (auto gone = static_cast<std::size_t>(sent); gone > 0;) {
            const std::size_t here = std::min(gone, parts[first].iov_len);
            parts[first].iov_base = static_cast<char *>(parts[first].iov_base) + here;
            parts[first].iov_len -= here;
            gone -= here;
            first += parts[first].iov_len == 0 ? 1 : 0;
        }
    }
}

} // namespace facetrack::bench

// virtual_camera [--fps N] [--port N] [--name NAME] [--host SYSFS]: a USB camera of software, at the kernel's virtual USB
// host, for the guest. YUYV of 640x360 and JPEG of 1280x720, in pictures that are known (known_picture.h).
// Says on its output what is asked of it. Runs until it is ended, which pulls the plug.
// virtual_camera --write FOLDER: the pictures of 640x360 as 0.jpg and so on, for a camera that shows files.
#include "known_picture.h"
#include "usbip_link.h"
#include "uvc_controls.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <map>
#include <optional>
#include <poll.h>
#include <string>
#include <turbojpeg.h>
#include <utility>

namespace facetrack::vm {

namespace {

using Bytes = std::vector<std::uint8_t>;
using Clock = std::chrono::steady_clock;

Bytes jpegOf(const KnownPicture &picture, std::uint32_t number)
{
    const auto planes = picture.planes(number);
    std::array<const unsigned char *, 3> rows{planes[0].data(), planes[1].data(), planes[2].data()};
    const std::array<int, 3> strides{picture.width(), picture.width() / 2, picture.width() / 2};
    tjhandle handle = tjInitCompress();
    unsigned char *out = nullptr;
    unsigned long size = 0;
    tjCompressFromYUVPlanes(handle, rows.data(), picture.width(), strides.data(), picture.height(),
                            TJSAMP_420, &out, &size, 96, 0);
    Bytes bytes(out, out + size);
    tjFree(out);
    tjDestroy(handle);
    return bytes;
}

class Camera
{
public:
    Camera(double mostFps, std::string name) : m_mostFps(mostFps), m_name(std::move(name)) {}
    int run(const std::string &sys, int port);

private:
    void handle(const UsbipLink::Request &request);
    void control(const UsbipLink::Request &request);
    std::optional<Bytes> standard(std::uint8_t kind, std::uint8_t request, std::uint16_t value);
    Bytes text(std::uint8_t index) const;
    void unlink(const UsbipLink::Request &request);
    void begin();
    void stop();
    const Bytes &drawing(const UvcFormat &format, std::uint32_t number);
    void next();
    void send();

    struct Waiting
    {
        std::uint32_t sequence;
        std::uint32_t length;
    };
    const double m_mostFps;
    const std::string m_name;
    std::map<std::pair<std::uint8_t, std::uint32_t>, Bytes> m_drawings; ///< by format and number
    UsbipLink m_link;
    UvcControls m_controls;
    std::deque<Waiting> m_waiting; ///< the host's buffers for pictures
    std::uint32_t m_newest = 0;    ///< request's number
    std::map<std::uint32_t, std::uint32_t> m_early; ///< taken back before they came, and by which
    bool m_streaming = false;
    Clock::time_point m_due;
    std::uint32_t m_drawn = 0;
    Bytes m_picture;          ///< on its way
    std::size_t m_sent = 0;   ///< of it
    std::uint8_t m_parity = 0; ///< tells one picture from the next
};

void Camera::begin()
{
    m_streaming = true;
    m_picture.clear();
    m_due = Clock::now();
    std::printf("starts %dx%d %s\n", m_controls.format().width, m_controls.format().height,
                m_controls.format().jpeg ? "JPEG" : "YUYV");
}

void Camera::stop()
{
    if (std::exchange(m_streaming, false))
        std::printf("stops after %u pictures\n", m_drawn);
    m_picture.clear();
}

/// Each is drawn once: an emulated machine takes long for it.
const Bytes &Camera::drawing(const UvcFormat &format, std::uint32_t number)
{
    Bytes &bytes = m_drawings[{format.index, number}];
    const KnownPicture picture(format.width, format.height);
    if (bytes.empty())
        bytes = format.jpeg ? jpegOf(picture, number) : picture.yuyv(number);
    return bytes;
}

void Camera::next()
{
    m_picture = drawing(m_controls.format(), m_drawn % KnownPicture::Pictures);
    m_sent = 0;
    m_parity ^= 1;
    ++m_drawn;
    const double fps = std::min(m_mostFps, 1e7 / m_controls.interval());
    const auto period = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / fps));
    m_due = std::max(m_due + period, Clock::now() + period / 2);
}

/// As much of the picture as the host has room for.
void Camera::send()
{
    constexpr std::size_t header = 2;
    constexpr std::uint8_t end = 0x02, endOfHeader = 0x80;
    while (!m_picture.empty() && !m_waiting.empty()) {
        const Waiting room = m_waiting.front();
        m_waiting.pop_front();
        const std::size_t most = std::min(room.length, UvcControls::MostPayload) - header;
        const std::size_t count = std::min(most, m_picture.size() - m_sent);
        const bool last = m_sent + count == m_picture.size();
        Bytes payload{header, static_cast<std::uint8_t>(endOfHeader | m_parity | (last ? end : 0))};
        const auto from = m_picture.begin() + static_cast<std::ptrdiff_t>(m_sent);
        payload.insert(payload.end(), from, from + static_cast<std::ptrdiff_t>(count));
        m_link.answer(room.sequence, 0, payload);
        m_sent += count;
        if (last)
            m_picture.clear();
    }
}

Bytes Camera::text(std::uint8_t index) const
{
    if (index == 0)
        return {4, 3, 0x09, 0x04}; // English
    const std::string words = index == 1 ? "facetrack tests" : index == 2 ? m_name : "0001";
    Bytes bytes{static_cast<std::uint8_t>(2 + 2 * words.size()), 3};
    for (const char letter : words)
        bytes.insert(bytes.end(), {static_cast<std::uint8_t>(letter), 0});
    return bytes;
}

/// Requests that every USB device knows.
std::optional<Bytes> Camera::standard(std::uint8_t kind, std::uint8_t request, std::uint16_t value)
{
    constexpr std::uint8_t getStatus = 0, clearFeature = 1, getDescriptor = 6;
    if (request == getDescriptor) {
        switch (value >> 8) {
        case 1:
            return uvcDeviceDescriptor();
        case 2:
            return uvcConfigurationDescriptor();
        case 3:
            return text(static_cast<std::uint8_t>(value));
        default:
            return {};
        }
    }
    if (request == getStatus)
        return Bytes{0, 0};
    if (request == clearFeature && kind == 2) // how a host ends a stream over bulk
        stop();
    return Bytes();
}

void Camera::control(const UsbipLink::Request &request)
{
    const auto &setup = request.setup;
    const auto pair = [&](std::size_t at) {
        return static_cast<std::uint16_t>(setup[at] | setup[at + 1] << 8);
    };
    const bool ofClass = (setup[0] & 0x60) == 0x20;
    auto bytes = ofClass ? m_controls.handle(setup[1], pair(2), pair(4), request.data)
                         : standard(setup[0] & 0x1F, setup[1], pair(2));
    if (!bytes) {
        m_link.answer(request.sequence, -EPIPE, {});
        return;
    }
    bytes->resize(std::min<std::size_t>(bytes->size(), pair(6)));
    m_link.answer(request.sequence, 0, *bytes, static_cast<std::uint32_t>(request.data.size()));
    if (m_controls.takeCommit())
        begin();
}

void Camera::unlink(const UsbipLink::Request &request)
{
    const auto found = std::find_if(m_waiting.begin(), m_waiting.end(), [&](const Waiting &one) {
        return one.sequence == request.unlinked;
    });
    const bool waits = found != m_waiting.end();
    if (waits)
        m_waiting.erase(found);
    if (request.unlinked > m_newest)
        m_early[request.unlinked] = request.sequence;
    else
        m_link.answerUnlink(request.sequence, waits ? -ECONNRESET : 0);
}

void Camera::handle(const UsbipLink::Request &request)
{
    if (request.kind == UsbipLink::Request::Kind::Unlink) {
        unlink(request);
        return;
    }
    m_newest = std::max(m_newest, request.sequence);
    // The kernel may take a request back before it has sent it. An answer before that one came would be lost
    // on it, and one to the request itself would end the connection.
    if (const auto early = m_early.extract(request.sequence))
        m_link.answerUnlink(early.mapped(), -ECONNRESET);
    else if (request.endpoint == 0)
        control(request);
    else
        m_waiting.push_back({request.sequence, request.length});
}

int Camera::run(const std::string &sys, int port)
{
    if (const auto trouble = m_link.plugIn(sys, port)) {
        std::fprintf(stderr, "virtual_camera: %s\n", trouble->c_str());
        return 1;
    }
    std::printf("plugged in\n");
    for (;;) {
        pollfd wait{m_link.descriptor(), POLLIN, 0};
        int limit = -1;
        if (m_streaming && m_picture.empty()) {
            const auto rest = std::chrono::ceil<std::chrono::milliseconds>(m_due - Clock::now());
            limit = static_cast<int>(std::max<std::chrono::milliseconds::rep>(0, rest.count()));
        }
        if (::poll(&wait, 1, limit) > 0) {
            const auto request = m_link.receive();
            if (!request)
                return 0; // the host let go
            handle(*request);
        }
        if (m_streaming && m_picture.empty() && Clock::now() >= m_due)
            next();
        send();
    }
}

int write(const std::string &folder)
{
    const KnownPicture picture(640, 360);
    for (std::uint32_t number = 0; number < KnownPicture::Pictures; ++number) {
        const Bytes bytes = jpegOf(picture, number);
        std::ofstream file(folder + '/' + std::to_string(number) + ".jpg", std::ios::binary);
        file.write(reinterpret_cast<const char *>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        if (!file.flush())
            return 1;
    }
    return 0;
}

} // namespace

} // namespace facetrack::vm

int main(int argc, char **argv)
{
    double fps = 30;
    int port = 0;
    std::string name = "Virtual camera";
    std::string sys = "/sys";
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string option = argv[i];
        if (option == "--fps")
            fps = std::clamp(std::atof(argv[i + 1]), 0.5, 60.0);
        else if (option == "--port")
            port = std::atoi(argv[i + 1]);
        else if (option == "--name")
            name = argv[i + 1];
        else if (option == "--host")
            sys = argv[i + 1];
        else if (option == "--write")
            return facetrack::vm::write(argv[i + 1]);
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    return facetrack::vm::Camera(fps, name).run(sys, port);
}

#include "usbip_link.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace facetrack::vm {

namespace {

// Kernel documentation, usbip_protocol: all big-endian, 48 bytes before the data.
constexpr std::size_t HeaderBytes = 48;
constexpr std::uint32_t Submit = 1, Unlink = 2, SubmitAnswer = 3, UnlinkAnswer = 4;
constexpr std::size_t CommandAt = 0, SequenceAt = 4, DirectionAt = 12, EndpointAt = 16;
constexpr std::size_t UnlinkedAt = 20, StatusAt = 20, LengthAt = 24, SetupAt = 40;

using Header = std::array<std::uint8_t, HeaderBytes>;

std::uint32_t word(const Header &header, std::size_t at)
{
    return std::uint32_t(header[at]) << 24 | std::uint32_t(header[at + 1]) << 16
           | std::uint32_t(header[at + 2]) << 8 | header[at + 3];
}

void put(Header &header, std::size_t at, std::uint32_t value)
{
    for (std::size_t i = 0; i < 4; ++i)
        header[at + i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
}

} // namespace

UsbipLink::~UsbipLink()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

std::optional<std::string> UsbipLink::plugIn(const std::string &sys, int port)
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return std::string("socketpair: ") + std::strerror(errno);
    m_socket = ends[0];
    constexpr int highSpeed = 3;
    const std::string words = std::to_string(port) + ' ' + std::to_string(ends[1]) + ' '
                              + std::to_string(0x10000 + port) + ' ' + std::to_string(highSpeed);
    std::optional<std::string> trouble;
    const std::string attach = sys + "/devices/platform/vhci_hcd.0/attach";
    const int file = ::open(attach.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0 || ::write(file, words.data(), words.size()) != static_cast<ssize_t>(words.size()))
        trouble = std::string("vhci_hcd attach: ") + std::strerror(errno);
    if (file >= 0)
        ::close(file);
    ::close(ends[1]); // the kernel has its own
    return trouble;
}

bool UsbipLink::readAll(std::uint8_t *bytes, std::size_t count) const
{
    while (count > 0) {
        const ssize_t got = ::read(m_socket, bytes, count);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        bytes += got;
        count -= static_cast<std::size_t>(got);
    }
    return true;
}

bool UsbipLink::writeAll(const std::uint8_t *bytes, std::size_t count) const
{
    while (count > 0) {
        const ssize_t put = ::send(m_socket, bytes, count, MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes += put;
        count -= static_cast<std::size_t>(put);
    }
    return true;
}

std::optional<UsbipLink::Request> UsbipLink::receive()
{
    Header header;
    if (!readAll(header.data(), header.size()))
        return {};
    Request request;
    request.sequence = word(header, SequenceAt);
    if (word(header, CommandAt) == Unlink) {
        request.kind = Request::Kind::Unlink;
        request.unlinked = word(header, UnlinkedAt);
        return request;
    }
    if (word(header, CommandAt) != Submit)
        return {};
    request.endpoint = word(header, EndpointAt);
    request.length = word(header, LengthAt);
    std::memcpy(request.setup.data(), header.data() + SetupAt, request.setup.size());
    if (word(header, DirectionAt) == 0) {
        request.data.resize(request.length);
        if (!readAll(request.data.data(), request.data.size()))
            return {};
    }
    return request;
}

bool UsbipLink::answer(std::uint32_t sequence, int status, std::span<const std::uint8_t> data,
                       std::uint32_t accepted)
{
    Header header{};
    put(header, CommandAt, SubmitAnswer);
    put(header, SequenceAt, sequence);
    put(header, StatusAt, static_cast<std::uint32_t>(status));
    put(header, LengthAt, data.empty() ? accepted : static_cast<std::uint32_t>(data.size()));
    return writeAll(header.data(), header.size()) && writeAll(data.data(), data.size());
}

bool UsbipLink::answerUnlink(std::uint32_t sequence, int status)
{
    Header header{};
    put(header, CommandAt, UnlinkAnswer);
    put(header, SequenceAt, sequence);
    put(header, StatusAt, static_cast<std::uint32_t>(status));
    return writeAll(header.data(), header.size());
}

} // namespace facetrack::vm

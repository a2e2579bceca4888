#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace facetrack::vm {

/// The kernel's virtual USB host (vhci-hcd), to which this program is a device: the USB/IP protocol over
/// a pair of sockets. Ending the program is pulling the plug.
class UsbipLink
{
public:
    struct Request
    {
        enum class Kind { Submit, Unlink } kind = Kind::Submit;
        std::uint32_t sequence = 0;
        std::uint32_t endpoint = 0;
        std::uint32_t length = 0;           ///< of the host's buffer
        std::uint32_t unlinked = 0;         ///< whose sequence is taken back
        std::array<std::uint8_t, 8> setup{};
        std::vector<std::uint8_t> data;     ///< from the host
    };

    UsbipLink() = default;
    ~UsbipLink();
    UsbipLink(const UsbipLink &) = delete;
    UsbipLink &operator=(const UsbipLink &) = delete;

    /// Plugs in at the first controller, as a high-speed device; `sys` is where sysfs is. What is wrong,
    /// or nothing.
    std::optional<std::string> plugIn(const std::string &sys, int port);
    int descriptor() const { return m_socket; }
    /// Waits for one; nothing when the host let go.
    std::optional<Request> receive();
    /// `status` is a negative errno. For data from the host, `accepted` is how much of it was taken.
    bool answer(std::uint32_t sequence, int status, std::span<const std::uint8_t> data,
                std::uint32_t accepted = 0);
    bool answerUnlink(std::uint32_t sequence, int status);

private:
    bool readAll(std::uint8_t *bytes, std::size_t count) const;
    bool writeAll(const std::uint8_t *bytes, std::size_t count) const;

    int m_socket = -1;
};

} // namespace facetrack::vm

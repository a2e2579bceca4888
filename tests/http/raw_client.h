// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

/// An answer as it came over the wire.
struct RawResponse
{
    int status = 0;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
};

/// A client that says exactly the bytes it is told to. All waiting has a generous limit, so that
/// a slow machine is no failure.
class RawClient
{
public:
    static constexpr std::chrono::milliseconds kPatience{20'000};

    /// `receiveBuffer` > 0 makes it small, for a viewer that soon has no room.
    explicit RawClient(std::uint16_t port, int receiveBuffer = 0);
    /// Connects a socket that is open already, and owns it.
    struct Socket
    {
        int descriptor;
    };
    RawClient(std::uint16_t port, Socket socket);
    ~RawClient();
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    bool connected() const { return m_socket >= 0; }
    /// False when the server does not take it all.
    bool send(std::string_view bytes);
    void shutdownSend();
    void close();
    /// One answer with its body: `hasBody` false after HEAD. Empty when the server closed first.
    std::optional<RawResponse> response(bool hasBody = true);
    /// Up to and with the empty line. Empty when the server closed first.
    std::string head();
    /// Exactly so many; fewer when the server closed first.
    std::string bytes(std::size_t count);
    /// All until the server closes; empty optional when it did not in time.
    std::optional<std::string> untilClosed();

private:
    void connect(std::uint16_t port);
    bool receive();

    int m_socket = -1;
    std::string m_received;
    bool m_timedOut = false;
};

/// Sends one request, returns its answer.
std::optional<RawResponse> ask(std::uint16_t port, std::string_view request);

/// "GET /path HTTP/1.1" with a Host.
std::string get(std::string_view path, std::string_view more = {});

/// Waits until `condition` holds; false when it did not for very long.
bool waitFor(const std::function<bool()> &condition);

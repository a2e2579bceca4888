// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/raw_client.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

RawClient::RawClient(std::uint16_t port, int receiveBuffer)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    if (receiveBuffer > 0)
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    connect(port);
}

RawClient::RawClient(std::uint16_t port, Socket socket) : m_socket(socket.descriptor)
{
    connect(port);
}

void RawClient::connect(std::uint16_t port)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        close();
}

RawClient::~RawClient()
{
    close();
}

bool RawClient::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::shutdownSend()
{
    ::shutdown(m_socket, SHUT_WR);
}

void RawClient::close()
{
    if (m_socket >= 0)
        ::close(m_socket);
    m_socket = -1;
}

bool RawClient::receive()
{
    if (!connected())
        return false;
    pollfd waiting{m_socket, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(kPatience.count())) <= 0) {
        m_timedOut = true;
        return false;
    }
    std::vector<char> buffer(65536);
    const ssize_t got = ::recv(m_socket, buffer.data(), buffer.size(), 0);
    if (got <= 0)
        return false;
    m_received.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

std::string RawClient::head()
{
    std::size_t end = m_received.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!receive())
            return {};
        end = m_received.find("\r\n\r\n");
    }
    std::string head = m_received.substr(0, end + 4);
    m_received.erase(0, end + 4);
    return head;
}

std::string RawClient::bytes(std::size_t count)
{
    while (m_received.size() < count) {
        if (!receive())
            break;
    }
    std::string result = m_received.substr(0, count);
    m_received.erase(0, result.size());
    return result;
}

std::optional<std::string> RawClient::untilClosed()
{
    while (receive()) {
    }
    if (m_timedOut)
        return std::nullopt;
    return std::exchange(m_received, std::string());
}

std::optional<RawResponse> RawClient::response(bool hasBody)
{
    const std::string text = head();
    if (text.size() < 12)
        return std::nullopt;
    RawResponse result;
    result.status = std::stoi(text.substr(9, 3));
    std::size_t line = text.find("\r\n") + 2;
    for (std::size_t end = text.find("\r\n", line); end > line; end = text.find("\r\n", line)) {
        const std::size_t colon = text.find(": ", line);
        std::string name = text.substr(line, colon - line);
        std::transform(name.begin(), name.end(), name.begin(), [](char c) {
            return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        });
        result.headers[name] = text.substr(colon + 2, end - colon - 2);
        line = end + 2;
    }
    const auto length = result.headers.find("content-length");
    if (hasBody && length != result.headers.end())
        result.body = bytes(std::stoul(length->second));
    return result;
}

std::optional<RawResponse> ask(std::uint16_t port, std::string_view request)
{
    RawClient client(port);
    client.send(request);
    return client.response(!request.starts_with("HEAD"));
}

std::string get(std::string_view path, std::string_view more)
{
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n" + std::string(more) + "\r\n";
}

bool waitFor(const std::function<bool()> &condition)
{
    const auto deadline = std::chrono::steady_clock::now() + RawClient::kPatience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/listen_address.h"

#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace facetrack::http {

Result<ListenAddress> parseListenAddress(const std::string &text)
{
    const auto malformed = [&text](const char *what) {
        return fail(ErrorCode::InvalidArgument, text,
                    std::string("not an address to listen on: ") + what,
                    "write ADDRESS:PORT, such as 127.0.0.1:7420, 0.0.0.0:7420 or [::1]:7420");
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos)
        return malformed("the port is missing");
    ListenAddress result;
    const char *end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data() + colon + 1, end, result.port);
    if (colon + 1 == text.size() || parsed.ec != std::errc() || parsed.ptr != end)
        return malformed("the port is not a number from 0 to 65535");
    result.host = text.substr(0, colon);
    const bool brackets = result.host.starts_with('[') && result.host.ends_with(']');
    if (brackets)
        result.host = result.host.substr(1, result.host.size() - 2);
    else if (result.host == "localhost")
        result.host = "127.0.0.1";
    boost::system::error_code failure;
    const auto address = boost::asio::ip::make_address(result.host, failure);
    if (failure)
        return malformed("the address is not numeric");
    if (address.is_v6() != brackets)
        return malformed("brackets are for IPv6, and IPv6 needs them");
    return result;
}

std::string browsableAddress(const ListenAddress &address)
{
    boost::system::error_code failure;
    const auto parsed = boost::asio::ip::make_address(address.host, failure);
    if (failure || parsed.is_unspecified())
        return "127.0.0.1:" + std::to_string(address.port);
    return exactAddress(address);
}

std::string exactAddress(const ListenAddress &address)
{
    const bool six = address.host.find(':') != address.host.npos;
    return (six ? '[' + address.host + ']' : address.host) + ':' + std::to_string(address.port);
}

bool isLoopback(const ListenAddress &address)
{
    boost::system::error_code failure;
    const auto parsed = boost::asio::ip::make_address(address.host, failure);
    return !failure && parsed.is_loopback();
}

} // namespace facetrack::http

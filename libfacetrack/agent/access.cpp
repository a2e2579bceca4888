#include "libfacetrack/agent/access.h"

#include <algorithm>
#include <string_view>

namespace facetrack {

namespace {

using http::Request;
using http::Response;

std::string header(const Request &request, const char *name)
{
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string() : found->second;
}

bool onlyLooks(const Request &request)
{
    return request.method == "GET" || request.method == "HEAD";
}

bool isLoopback(std::string_view address)
{
    return address.starts_with("127.") || address == "::1";
}

/// "localhost:7420", "127.0.0.1", "[::1]:80": what no stranger's DNS can point somewhere else.
bool namesThisMachine(std::string_view host)
{
    if (host.starts_with("[::1]"))
        return true;
    const std::string_view name = host.substr(0, host.find(':'));
    const bool digits = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || c == '.';
    });
    return name == "localhost" || (digits && name.starts_with("127."));
}

bool fromOwnPage(const Request &request)
{
    const std::string origin = header(request, "origin");
    return origin.empty() || origin == "http://" + header(request, "host");
}

} // namespace

bool mayChange(const Request &request)
{
    return isLoopback(request.remoteAddress) && fromOwnPage(request)
        && namesThisMachine(header(request, "host"));
}

http::Guard accessGuard()
{
    return [](const Request &request) -> std::optional<Response> {
        if (onlyLooks(request))
            return std::nullopt;
        if (!isLoopback(request.remoteAddress))
            return Response::error(403, "denied",
                                   "changes are taken from this machine only, not from "
                                       + request.remoteAddress,
                                   "ask on the agent itself, for instance over SSH");
        if (!fromOwnPage(request) || !namesThisMachine(header(request, "host")))
            return Response::error(403, "denied",
                                   "changes are not taken from pages of somebody else",
                                   "open the agent's own page at http://127.0.0.1:PORT/");
        return std::nullopt;
    };
}

Response onlyForOwners()
{
    return Response::error(403, "denied", "this is shown to those who may change things only",
                           "ask on the agent itself, for instance over SSH");
}

std::string askedBy(const Request &request)
{
    constexpr std::size_t longest = 60;
    std::string name = header(request, "x-client").substr(0, longest);
    std::erase_if(name, [](char c) { return c < ' ' || c > '~'; });
    return name.empty() ? request.remoteAddress : name + " (" + request.remoteAddress + ")";
}

} // namespace facetrack

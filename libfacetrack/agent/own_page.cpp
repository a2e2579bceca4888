#include "libfacetrack/agent/own_page.h"

#include <algorithm>

namespace facetrack {

using http::Request;

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

bool namesThisMachine(std::string_view host)
{
    if (host == "[::1]" || host.starts_with("[::1]:"))
        return true;
    const std::string_view name = host.substr(0, host.find(':'));
    const bool digits = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || c == '.';
    });
    return name == "localhost" || (digits && name.starts_with("127."));
}

bool fromOwnPage(const Request &request, std::string_view scheme, bool sayNothing)
{
    const std::string origin = header(request, "origin");
    const std::string site = header(request, "sec-fetch-site");
    if (!origin.empty() && origin != std::string(scheme) + "://" + header(request, "host"))
        return false;
    if (onlyLooks(request))
        return site.empty() || site == "same-origin" || site == "none";
    if (!site.empty())
        return site == "same-origin";
    return !origin.empty() || sayNothing;
}

} // namespace facetrack

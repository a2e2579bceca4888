#include "libfacetrack/config/text_forms.h"
#include "libfacetrack/config/camera_hours.h"
#include "libfacetrack/config/parameter.h"
#include "libfacetrack/config/raw_value.h"

#include <algorithm>
#include <array>
#include <arpa/inet.h>

namespace facetrack {

namespace {

constexpr std::array uploadSchemes{"http", "https", "relay+http", "relay+https"};

bool isAddress(int family, std::string_view text)
{
    in6_addr address{}; // the larger of the two
    return ::inet_pton(family, std::string(text).c_str(), &address) == 1;
}

bool isPort(std::string_view text)
{
    const bool digits = !text.empty() && text.size() <= 5
                        && text.find_first_not_of("0123456789") == text.npos;
    const auto port = digits ? integerFrom(text) : std::nullopt;
    return port && *port <= 65535;
}

} // namespace

bool isAgentId(std::string_view text)
{
    const auto allowed = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
               || c == '.' || c == '_' || c == '-';
    };
    return text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

bool isAddressAndPort(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == text.npos || !isPort(text.substr(colon + 1)))
        return false;
    const std::string_view host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        return isAddress(AF_INET6, host.substr(1, host.size() - 2));
    return isAddress(AF_INET, host);
}

bool isUploadList(std::string_view text)
{
    const std::vector<std::string> urls = listItems(text);
    if (urls.empty())
        return trimmed(text).empty();
    return std::all_of(urls.begin(), urls.end(), [](std::string_view url) {
        const auto colon = url.find("://");
        const bool known = std::any_of(uploadSchemes.begin(), uploadSchemes.end(),
                                       [&](const char *scheme) { return url.substr(0, colon) == scheme; });
        return known && url.size() > colon + 3 && url.find_first_of("@ ?#") == url.npos;
    });
}

bool isOriginList(std::string_view text)
{
    const std::vector<std::string> origins = listItems(text);
    return std::all_of(origins.begin(), origins.end(), [](std::string_view origin) {
        const auto colon = origin.find("://");
        const std::string_view scheme = origin.substr(0, colon);
        return (scheme == "http" || scheme == "https") && origin.size() > colon + 3
               && origin.substr(colon + 3).find_first_of("/@ ?#*") == origin.npos;
    });
}

bool isFingerprint(std::string_view text)
{
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    const auto digits = std::count_if(text.begin(), text.end(), isHex);
    const auto colons = std::count(text.begin(), text.end(), ':');
    return text.empty() || (digits == 64 && digits + colons == std::ssize(text));
}

bool isSchemaName(std::string_view text)
{
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z'
           && std::all_of(text.begin(), text.end(), allowed);
}

bool isReplicas(std::string_view text)
{
    const auto isNumber = [](std::string_view part) {
        return !part.empty() && part.size() <= 2
               && part.find_first_not_of("0123456789") == part.npos;
    };
    const auto dash = text.find('-');
    if (dash == text.npos)
        return isNumber(text);
    const std::string_view most = text.substr(dash + 1);
    return isNumber(text.substr(0, dash)) && (isNumber(most) || most == "all");
}

bool isCameraHours(std::string_view text)
{
    return CameraHours::parse(text).has_value();
}

} // namespace facetrack

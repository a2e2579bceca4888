#include "libfacetrack/config/text_forms.h"
#include "libfacetrack/config/raw_value.h"

#include <algorithm>
#include <arpa/inet.h>

namespace facetrack {

namespace {

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

} // namespace facetrack

#pragma once
#include <cstdint>
#include <string>

namespace facetrack {

/// What an agent says of itself on its network (DNS-SD, `_facetrack._tcp`). The id is what counts:
/// two agents may have one name.
struct Advertisement
{
    std::string id;
    std::string name;
    std::string role;
    std::string version;
    std::uint16_t port = 0;
    bool tls = true;

    bool operator==(const Advertisement &) const = default;
};

/// The type of service under which agents are found.
inline constexpr char agentServiceType[] = "_facetrack._tcp";
/// Version of the HTTP API, as the advertisement tells it.
inline constexpr char agentApiVersion[] = "1";

} // namespace facetrack

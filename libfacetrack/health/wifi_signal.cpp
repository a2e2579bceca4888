#include "libfacetrack/health/wifi_signal.h"

#include <fstream>
#include <limits>
#include <sstream>
#include <string>

namespace facetrack {

namespace {

namespace fs = std::filesystem;

/// The default route with the smallest metric, which is the one that the kernel takes.
struct Best
{
    std::string interface;
    unsigned long metric = std::numeric_limits<unsigned long>::max();

    void offer(const std::string &name, unsigned long value)
    {
        if (value < metric && name != "lo") {
            interface = name;
            metric = value;
        }
    }
};

std::string defaultRouteV4(const fs::path &root)
{
    Best best;
    std::ifstream file(root / "proc/net/route");
    std::string line;
    std::getline(file, line); // head
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::string name, target, gateway, flags, references, uses, mask;
        unsigned long metric = 0;
        if (fields >> name >> target >> gateway >> flags >> references >> uses >> metric >> mask
            && target == "00000000" && mask == "00000000")
            best.offer(name, metric);
    }
    return best.interface;
}

std::string defaultRouteV6(const fs::path &root)
{
    Best best;
    std::ifstream file(root / "proc/net/ipv6_route");
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string target, length, source, sourceLength, hop, references, uses, flags, name;
        unsigned long metric = 0;
        if (fields >> target >> length >> source >> sourceLength >> hop >> std::hex >> metric
            >> references >> uses >> flags >> name
            && length == "00" && target == std::string(32, '0'))
            best.offer(name, metric);
    }
    return best.interface;
}

} // namespace

std::optional<WifiSignal> readWifi(const fs::path &root)
{
    std::string interface = defaultRouteV4(root);
    if (interface.empty())
        interface = defaultRouteV6(root);
    if (interface.empty())
        return std::nullopt;
    std::ifstream file(root / "proc/net/wireless");
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string name, status, quality;
        double level = 0; // "-52." with a point for "just measured"
        if (!(fields >> name >> status >> quality >> level) || name != interface + ":")
            continue;
        // Drivers without dBm tell a figure of their own scale, from 0 on.
        return level < 0 ? std::optional(WifiSignal{interface, level}) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace facetrack

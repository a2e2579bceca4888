#include "libfacetrack/config/declare.h"

namespace facetrack {

void declareHealth(std::vector<Parameter> &list)
{
    using Health = AgentConfig::Health;
    auto health = declare(list, "health", Applies::Restart, &AgentConfig::health);
    health.number("interval_seconds", &Health::intervalSeconds, "Look every",
                  "How often temperature, power, disk and Wi-Fi of the machine are looked at")
        .range(2, 3600).step(1).unit("s");
    health.number("max_temperature", &Health::maxTemperature, "Too hot from",
                  "Warn when the processor is this hot; a Pi slows itself down at 85")
        .range(30, 120).step(1).unit("°C");
    health.number("min_disk_megabytes", &Health::minDiskMegabytes, "Disk low below",
                  "Warn when less is free where counts are kept")
        .range(0, 1e9).step(100).unit("MB");
    health.number("min_wifi_dbm", &Health::minWifiDbm, "Wi-Fi weak below",
                  "Warn when the signal is weaker; -50 is strong, -80 hardly works")
        .range(-120, 0).step(1).unit("dBm");
}

} // namespace facetrack

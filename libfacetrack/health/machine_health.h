#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace facetrack {

/// The radio link of the interface that carries the default route.
struct WifiSignal
{
    std::string interface;
    double dbm = 0; ///< −30 is beside the access point, −80 hardly works
};

/// How the machine itself is doing. What it does not tell is absent, and never guessed.
struct MachineHealth
{
    std::optional<double> temperature;         ///< of the processor, °C
    std::optional<bool> throttled;             ///< slowed down now, by heat or weak power
    std::optional<bool> throttledSinceBoot;    ///< or at any time since the machine started
    std::optional<bool> underVoltage;          ///< the power supply is too weak now
    std::optional<bool> underVoltageSinceBoot; ///< or was at any time since the machine started
    std::optional<std::uint64_t> diskFree;     ///< bytes that counts may still take
    std::optional<std::uint64_t> diskSize;     ///< of that file system
    std::optional<std::array<double, 3>> load; ///< means over 1, 5 and 15 minutes
    unsigned processors = 0;                   ///< 0: not known
    std::optional<std::uint64_t> memoryAvailable; ///< bytes to be had without swapping
    std::optional<std::uint64_t> memorySize;
    std::optional<WifiSignal> wifi;            ///< absent on a cable
    std::optional<std::chrono::nanoseconds> uptime; ///< since the machine started
    std::optional<std::chrono::nanoseconds> clockUntrusted; ///< for so long; absent: it is trusted
};

} // namespace facetrack

#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/health/machine_health.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace facetrack {

/// Where a figure becomes a worry.
struct HealthLimits
{
    double temperature = 80;                           ///< °C from which on it is too hot
    std::uint64_t diskFree = std::uint64_t(500) << 20; ///< bytes below which it is too little
    double wifi = -75;                                 ///< dBm below which it is too weak
    std::chrono::nanoseconds clock{std::chrono::minutes(2)}; ///< so long a clock may be untrusted
};

/// Something about the machine that a person should look after.
struct HealthWarning
{
    std::string code;    ///< too_hot, throttled, under_voltage, disk_low, weak_wifi, clock_untrusted
    std::string message; ///< one sentence without a full stop, with the newest figure
    std::string advice;  ///< what to do
    MonotonicTime since{0};
};

/// Turns figures into warnings. A warning goes only once the figure is well clear of its limit
/// (5 °C, a quarter more disk, 5 dB), or the flag has been down for a minute, so that none flickers.
/// Not thread-safe.
class FACETRACK_EXPORT HealthWarnings
{
public:
    /// `place` is where counts are kept, to be named.
    HealthWarnings(HealthLimits limits, std::string place);

    /// Brings the warnings up to date; those in force, in a fixed order.
    std::vector<HealthWarning> judge(const MachineHealth &health, MonotonicTime now);

private:
    struct Entry
    {
        HealthWarning warning;
        bool raised = false;
        MonotonicTime lastBad{0};
    };
    enum class Figure { Absent, Good, Between, Bad };

    void take(Entry &entry, Figure figure, MonotonicTime now);
    void takeFlag(Entry &entry, const std::optional<bool> &flag, MonotonicTime now);
    void judgeHeat(const MachineHealth &health, MonotonicTime now);
    void judgeDisk(const MachineHealth &health, MonotonicTime now);
    void judgeWifi(const MachineHealth &health, MonotonicTime now);
    void judgeClock(const MachineHealth &health, MonotonicTime now);

    const HealthLimits m_limits;
    const std::string m_place;
    Entry m_heat, m_throttled, m_voltage, m_disk, m_wifi, m_clock;
};

} // namespace facetrack

#include "libfacetrack/health/health_warnings.h"

#include <cmath>

namespace facetrack {

namespace {

constexpr double CoolBy = 5;     // °C
constexpr double StrongerBy = 5; // dB
constexpr std::chrono::minutes FlagHeld{1};

std::string rounded(double value)
{
    return std::to_string(std::lround(value));
}

std::string megabytes(std::uint64_t bytes)
{
    return std::to_string(bytes >> 20) + " MB";
}

} // namespace

HealthWarnings::HealthWarnings(HealthLimits limits, std::string place)
    : m_limits(limits), m_place(std::move(place))
{
    m_heat.warning = {"too_hot", {}, "give it air, shade or a fan; at 85 °C a Pi slows itself down", {}};
    m_throttled.warning = {"throttled", "the processor is slowed down, by heat or by weak power",
                           "cool it and check its power supply; meanwhile fewer frames are looked at", {}};
    m_voltage.warning = {"under_voltage", "the power supply gives too little voltage",
                         "use the supply made for this board and a short, thick cable: a board with"
                         " weak power crashes and damages its card", {}};
    m_disk.warning = {"disk_low", {}, "remove what is not needed there or lower"
                      " journal.max_megabytes: on a full disk no counts are kept", {}};
    m_wifi.warning = {"weak_wifi", {}, "move the camera or the access point closer, or use a cable:"
                      " pictures and uploads stutter", {}};
    m_clock.warning = {"clock_untrusted", {}, "let it reach a time server (timedatectl shows whether"
                       " it does), or set its clock and time.trust = always", {}};
}

void HealthWarnings::take(Entry &entry, Figure figure, MonotonicTime now)
{
    if (figure == Figure::Bad && !entry.raised) {
        entry.raised = true;
        entry.warning.since = now;
    }
    if (figure == Figure::Good || figure == Figure::Absent)
        entry.raised = false;
}

void HealthWarnings::takeFlag(Entry &entry, const std::optional<bool> &flag, MonotonicTime now)
{
    if (!flag)
        return take(entry, Figure::Absent, now);
    if (*flag)
        entry.lastBad = now;
    const bool clear = now - entry.lastBad >= FlagHeld;
    take(entry, *flag ? Figure::Bad : clear ? Figure::Good : Figure::Between, now);
}

void HealthWarnings::judgeHeat(const MachineHealth &health, MonotonicTime now)
{
    if (!health.temperature)
        return take(m_heat, Figure::Absent, now);
    const double heat = *health.temperature;
    m_heat.warning.message = "the processor is too hot, " + rounded(heat) + " °C";
    take(m_heat, heat >= m_limits.temperature            ? Figure::Bad
                 : heat < m_limits.temperature - CoolBy ? Figure::Good
                                                        : Figure::Between, now);
}

void HealthWarnings::judgeDisk(const MachineHealth &health, MonotonicTime now)
{
    if (!health.diskFree)
        return take(m_disk, Figure::Absent, now);
    const std::uint64_t free = *health.diskFree;
    m_disk.warning.message = "only " + megabytes(free) + " are free where counts are kept, " + m_place;
    take(m_disk, free < m_limits.diskFree                            ? Figure::Bad
                 : free >= m_limits.diskFree + m_limits.diskFree / 4 ? Figure::Good
                                                                     : Figure::Between, now);
}

void HealthWarnings::judgeWifi(const MachineHealth &health, MonotonicTime now)
{
    if (!health.wifi)
        return take(m_wifi, Figure::Absent, now);
    const double level = health.wifi->dbm;
    m_wifi.warning.message = "the Wi-Fi signal of " + health.wifi->interface + " is weak, "
                             + rounded(level) + " dBm";
    take(m_wifi, level < m_limits.wifi                ? Figure::Bad
                 : level >= m_limits.wifi + StrongerBy ? Figure::Good
                                                       : Figure::Between, now);
}

void HealthWarnings::judgeClock(const MachineHealth &health, MonotonicTime now)
{
    if (!health.clockUntrusted)
        return take(m_clock, Figure::Absent, now);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(*health.clockUntrusted);
    m_clock.warning.message = "the time of this machine has not been sure for "
                              + std::to_string(minutes.count()) + " min";
    take(m_clock, *health.clockUntrusted >= m_limits.clock ? Figure::Bad : Figure::Between, now);
}

std::vector<HealthWarning> HealthWarnings::judge(const MachineHealth &health, MonotonicTime now)
{
    judgeHeat(health, now);
    takeFlag(m_throttled, health.throttled, now);
    takeFlag(m_voltage, health.underVoltage, now);
    judgeDisk(health, now);
    judgeWifi(health, now);
    judgeClock(health, now);
    std::vector<HealthWarning> inForce;
    for (const Entry *entry : {&m_voltage, &m_heat, &m_throttled, &m_disk, &m_wifi, &m_clock}) {
        if (entry->raised)
            inForce.push_back(entry->warning);
    }
    return inForce;
}

} // namespace facetrack

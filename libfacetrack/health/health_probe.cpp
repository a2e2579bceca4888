#include "libfacetrack/health/health_probe.h"

#include "libfacetrack/health/board_health.h"
#include "libfacetrack/health/wifi_signal.h"

#include <fstream>
#include <thread>

namespace facetrack {

namespace {

namespace fs = std::filesystem;

void readDisk(MachineHealth &health, const fs::path &folder)
{
    std::error_code failed;
    const fs::space_info space = fs::space(folder, failed);
    if (failed)
        return;
    health.diskFree = space.available;
    health.diskSize = space.capacity;
}

void readLoad(MachineHealth &health, const fs::path &root)
{
    std::ifstream file(root / "proc/loadavg");
    std::array<double, 3> load{};
    if (file >> load[0] >> load[1] >> load[2])
        health.load = load;
}

void readMemory(MachineHealth &health, const fs::path &root)
{
    std::ifstream file(root / "proc/meminfo");
    std::string name;
    std::uint64_t kilobytes = 0;
    std::string rest;
    while (file >> name >> kilobytes && std::getline(file, rest)) {
        if (name == "MemTotal:")
            health.memorySize = kilobytes * 1024;
        if (name == "MemAvailable:")
            health.memoryAvailable = kilobytes * 1024;
    }
}

void readUptime(MachineHealth &health, const fs::path &root)
{
    std::ifstream file(root / "proc/uptime");
    double seconds = 0;
    if (file >> seconds)
        health.uptime = std::chrono::duration_cast<std::chrono::nanoseconds>(
            std::chrono::duration<double>(seconds));
}

} // namespace

HealthProbe::~HealthProbe() = default;

SystemHealthProbe::SystemHealthProbe(fs::path folder, fs::path root)
    : m_folder(std::move(folder)), m_root(std::move(root))
{
}

MachineHealth SystemHealthProbe::look()
{
    MachineHealth health;
    health.temperature = processorTemperature(m_root);
    readPower(health, m_root);
    readDisk(health, m_folder);
    readLoad(health, m_root);
    health.processors = std::thread::hardware_concurrency();
    readMemory(health, m_root);
    health.wifi = readWifi(m_root);
    readUptime(health, m_root);
    return health;
}

} // namespace facetrack

#include "libfacetrack/base/clock_probe.h"

#include <fstream>
#include <sys/timex.h>

namespace facetrack {

namespace {

namespace fs = std::filesystem;

std::optional<bool> askKernel()
{
    timex state{}; // modes = 0 only reads and needs no privilege
    const int answer = ::adjtimex(&state);
    if (answer < 0)
        return std::nullopt; // a sandbox that forbids it
    return answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

bool isThere(const fs::path &path)
{
    std::error_code ignored;
    return fs::exists(path, ignored);
}

bool isVirtualMachine(const fs::path &root)
{
    if (isThere(root / "sys/hypervisor/type") || isThere(root / "proc/device-tree/hypervisor"))
        return true;
    std::ifstream processors(root / "proc/cpuinfo");
    for (std::string line; std::getline(processors, line);) {
        if (line.starts_with("flags"))
            return (line + " ").find(" hypervisor ") != std::string::npos;
    }
    return false;
}

} // namespace

ClockProbe::~ClockProbe() = default;

SystemClockProbe::SystemClockProbe(fs::path root, Kernel kernel)
    : m_root(std::move(root)), m_kernel(kernel ? std::move(kernel) : askKernel),
      m_virtualMachine(isVirtualMachine(m_root)),
      m_batteryClock(m_virtualMachine || isThere(m_root / "sys/class/rtc/rtc0"))
{
}

ClockEvidence SystemClockProbe::look()
{
    ClockEvidence evidence;
    evidence.kernelSynchronized = m_kernel();
    evidence.virtualMachine = m_virtualMachine;
    evidence.batteryClock = m_batteryClock;
    std::error_code missing;
    const auto touched = fs::last_write_time(m_root / "run/systemd/timesync/synchronized", missing);
    if (!missing)
        evidence.timesyncMark = touched.time_since_epoch().count();
    for (const char *sign : {"run/systemd/timesync", "run/chrony", "run/ntpd.pid", "run/openntpd"})
        evidence.timeClient = evidence.timeClient || isThere(m_root / sign);
    return evidence;
}

std::string bootId()
{
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    return file >> id ? id : "unknown";
}

} // namespace facetrack

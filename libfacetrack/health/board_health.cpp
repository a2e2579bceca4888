#include "libfacetrack/health/board_health.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <string>
#include <vector>

namespace facetrack {

namespace {

namespace fs = std::filesystem;

std::string firstWord(const fs::path &file)
{
    std::ifstream in(file);
    std::string word;
    in >> word;
    return word;
}

template<typename Number>
std::optional<Number> number(const fs::path &file, int base = 10)
{
    const std::string word = firstWord(file);
    Number value = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), value, base);
    const bool whole = read.ec == std::errc() && read.ptr == word.data() + word.size();
    return whole ? std::optional(value) : std::nullopt;
}

/// Folders below `parent` whose names begin so.
std::vector<fs::path> folders(const fs::path &parent, const std::string &begin)
{
    std::vector<fs::path> found;
    std::error_code failed;
    for (fs::directory_iterator at(parent, failed), end; !failed && at != end; at.increment(failed)) {
        if (at->path().filename().string().starts_with(begin))
            found.push_back(at->path());
    }
    return found;
}

/// Zones have many names; those of batteries, radios and casings tell nothing of the processor.
bool isProcessor(const std::string &type)
{
    constexpr std::array known{"cpu", "soc", "x86_pkg_temp", "bcm2835_thermal", "coretemp", "k10temp"};
    return std::any_of(known.begin(), known.end(),
                       [&](const char *name) { return type.starts_with(name); });
}

// Bits of the firmware's word: now, and 16 higher since the machine started.
constexpr unsigned UnderVoltage = 1U << 0;
constexpr unsigned Slowed = 1U << 1 | 1U << 2 | 1U << 3; // capped, throttled, soft heat limit
constexpr unsigned SinceBoot = 16;

/// The folder's name has the address of the firmware's mailbox on some boards.
std::optional<unsigned> firmwareWord(const fs::path &root)
{
    for (const fs::path &soc : folders(root / "sys/devices/platform", "soc")) {
        for (const fs::path &device : folders(soc, "soc")) {
            if (const auto word = number<unsigned>(device / "get_throttled", 16))
                return word;
        }
    }
    return std::nullopt;
}

/// What rpi_volt saw in its last two seconds.
std::optional<bool> voltageAlarm(const fs::path &root)
{
    for (const fs::path &monitor : folders(root / "sys/class/hwmon", "hwmon")) {
        if (firstWord(monitor / "name") != "rpi_volt")
            continue;
        if (const auto alarm = number<int>(monitor / "in0_lcrit_alarm"))
            return *alarm != 0;
    }
    return std::nullopt;
}

} // namespace

std::optional<double> processorTemperature(const fs::path &root)
{
    std::optional<double> hottest;
    const auto take = [&](const fs::path &kind, const fs::path &value) {
        if (!isProcessor(firstWord(kind)))
            return;
        if (const auto thousandths = number<int>(value))
            hottest = std::max(hottest.value_or(-273), *thousandths / 1000.0);
    };
    for (const fs::path &zone : folders(root / "sys/class/thermal", "thermal_zone"))
        take(zone / "type", zone / "temp");
    for (const fs::path &monitor : folders(root / "sys/class/hwmon", "hwmon"))
        take(monitor / "name", monitor / "temp1_input");
    return hottest;
}

void readPower(MachineHealth &health, const fs::path &root)
{
    if (const auto word = firmwareWord(root)) {
        const unsigned ever = *word | *word >> SinceBoot;
        health.throttled = (*word & Slowed) != 0;
        health.throttledSinceBoot = (ever & Slowed) != 0;
        health.underVoltage = (*word & UnderVoltage) != 0;
        health.underVoltageSinceBoot = (ever & UnderVoltage) != 0;
    }
    // The kernel's driver asks the firmware every two seconds and thereby clears its memory of
    // under-voltage, so that only the driver knows of a short drop just now.
    if (const auto alarm = voltageAlarm(root))
        health.underVoltage = *alarm || health.underVoltage.value_or(false);
}

} // namespace facetrack

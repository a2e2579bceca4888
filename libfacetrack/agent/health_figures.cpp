#include "libfacetrack/agent/health_figures.h"

#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::ordered_json;

double seconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

template<typename Value>
Json orNull(const std::optional<Value> &value)
{
    return value ? Json(*value) : Json();
}

template<typename Value>
void gaugeIfKnown(MetricsWriter &to, const char *name, const char *help,
                  const std::optional<Value> &value)
{
    if (value)
        to.gauge(name, help, static_cast<double>(*value));
}

void writePower(MetricsWriter &to, const MachineHealth &machine)
{
    gaugeIfKnown(to, "facetrack_throttled", "1 while the processor is slowed down",
                 machine.throttled);
    gaugeIfKnown(to, "facetrack_throttled_since_boot",
                 "1 if it was at any time since the machine started", machine.throttledSinceBoot);
    gaugeIfKnown(to, "facetrack_under_voltage", "1 while the power supply is too weak",
                 machine.underVoltage);
    gaugeIfKnown(to, "facetrack_under_voltage_since_boot",
                 "1 if it was at any time since the machine started",
                 machine.underVoltageSinceBoot);
}

void writeSpace(MetricsWriter &to, const MachineHealth &machine)
{
    gaugeIfKnown(to, "facetrack_disk_free_bytes", "Free where counts are kept", machine.diskFree);
    gaugeIfKnown(to, "facetrack_disk_size_bytes", "Size of that file system", machine.diskSize);
    gaugeIfKnown(to, "facetrack_memory_available_bytes", "Memory to be had without swapping",
                 machine.memoryAvailable);
    gaugeIfKnown(to, "facetrack_memory_size_bytes", "Memory of the machine", machine.memorySize);
}

} // namespace

nlohmann::ordered_json warningsJson(const HealthReport &health)
{
    auto list = Json::array();
    for (const HealthWarning &warning : health.warnings)
        list.push_back({{"code", warning.code},
                        {"message", warning.message},
                        {"advice", warning.advice},
                        {"since_s", seconds(health.at - warning.since)}});
    return list;
}

nlohmann::ordered_json healthJson(const HealthReport &health, bool clockTrusted)
{
    const MachineHealth &machine = health.machine;
    Json json{{"temperature_c", orNull(machine.temperature)},
              {"throttled", orNull(machine.throttled)},
              {"throttled_since_boot", orNull(machine.throttledSinceBoot)},
              {"under_voltage", orNull(machine.underVoltage)},
              {"under_voltage_since_boot", orNull(machine.underVoltageSinceBoot)},
              {"disk_free_bytes", orNull(machine.diskFree)},
              {"disk_size_bytes", orNull(machine.diskSize)},
              {"load", orNull(machine.load)},
              {"processors", machine.processors},
              {"memory_available_bytes", orNull(machine.memoryAvailable)},
              {"memory_size_bytes", orNull(machine.memorySize)},
              {"wifi", Json()},
              {"machine_uptime_s", Json()},
              {"clock_trusted", clockTrusted},
              {"age_s", seconds(health.age)},
              {"warnings", warningsJson(health)}};
    if (machine.wifi)
        json["wifi"] = {{"interface", machine.wifi->interface}, {"signal_dbm", machine.wifi->dbm}};
    if (machine.uptime)
        json["machine_uptime_s"] = seconds(*machine.uptime);
    return json;
}

void writeHealthMetrics(MetricsWriter &to, const HealthReport &health)
{
    const MachineHealth &machine = health.machine;
    gaugeIfKnown(to, "facetrack_temperature_celsius", "Temperature of the processor",
                 machine.temperature);
    writePower(to, machine);
    writeSpace(to, machine);
    if (machine.load)
        to.gauge("facetrack_load1", "Processes that run or wait, mean of a minute",
                 machine.load->front());
    if (machine.wifi)
        to.gauges("facetrack_wifi_signal_dbm", "Signal of the interface with the default route",
                  {{"interface=\"" + escapedLabel(machine.wifi->interface) + "\"",
                    machine.wifi->dbm}});
    if (machine.uptime)
        to.gauge("facetrack_machine_uptime_seconds", "Seconds since the machine started",
                 seconds(*machine.uptime));
    std::vector<MetricsWriter::Labelled> warnings;
    for (const HealthWarning &warning : health.warnings)
        warnings.push_back({"code=\"" + warning.code + "\"", 1});
    to.gauges("facetrack_health_warning", "1 for each thing to look after", warnings);
}

} // namespace facetrack

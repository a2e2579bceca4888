#pragma once
#include "libfacetrack/health/machine_health.h"

#include <filesystem>
#include <optional>

namespace facetrack {

// Of the board, below `root`.

/// Of the processor in °C, the hottest where there are several sensors.
std::optional<double> processorTemperature(const std::filesystem::path &root);

/// Throttling and under-voltage, as a Raspberry Pi's firmware and its driver rpi_volt tell them.
void readPower(MachineHealth &health, const std::filesystem::path &root);

} // namespace facetrack

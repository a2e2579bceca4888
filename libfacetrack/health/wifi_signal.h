#pragma once
#include "libfacetrack/health/machine_health.h"

#include <filesystem>
#include <optional>

namespace facetrack {

/// The signal of the interface with the default route, IPv4 before IPv6; nothing where that is no
/// radio or its driver tells no dBm.
std::optional<WifiSignal> readWifi(const std::filesystem::path &root);

} // namespace facetrack

#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/health/machine_health.h"

#include <filesystem>

namespace facetrack {

/// Looks how the machine is doing; replaced in tests.
class FACETRACK_EXPORT HealthProbe
{
public:
    virtual ~HealthProbe();
    /// May wait for a disk or a sensor: not for threads that others wait for. All but the clock.
    virtual MachineHealth look() = 0;
};

/// This machine, by what Linux tells in /proc and /sys; a Raspberry Pi tells most.
class FACETRACK_EXPORT SystemHealthProbe final : public HealthProbe
{
public:
    /// `folder` is where counts are kept. `root` is another one in tests only.
    explicit SystemHealthProbe(std::filesystem::path folder, std::filesystem::path root = "/");
    MachineHealth look() override;

private:
    const std::filesystem::path m_folder;
    const std::filesystem::path m_root;
};

} // namespace facetrack

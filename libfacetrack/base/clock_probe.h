#pragma once
#include "libfacetrack/base/export.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace facetrack {

/// What a machine shows about whether its clock is right.
struct ClockEvidence
{
    /// The kernel calls its clock synchronised (adjtimex); nothing where it may not be asked.
    std::optional<bool> kernelSynchronized;
    /// When systemd-timesyncd last noted a synchronisation in this boot (any unit that grows).
    std::optional<std::int64_t> timesyncMark;
    bool timeClient = false;     ///< a program that keeps the clock right seems to run here
    bool virtualMachine = false; ///< the clock comes from the host
    bool batteryClock = true;    ///< it may know the time after a start without a network
};

/// Looks for that evidence; replaced in tests.
class FACETRACK_EXPORT ClockProbe
{
public:
    virtual ~ClockProbe();
    virtual ClockEvidence look() = 0;
};

/// This machine.
class FACETRACK_EXPORT SystemClockProbe final : public ClockProbe
{
public:
    /// Whether the kernel's clock is synchronised; nothing where it cannot be asked.
    using Kernel = std::function<std::optional<bool>()>;

    /// `root` and `kernel` are other ones in tests only.
    explicit SystemClockProbe(std::filesystem::path root = "/", Kernel kernel = {});
    ClockEvidence look() override;

private:
    const std::filesystem::path m_root;
    const Kernel m_kernel;
    const bool m_virtualMachine;
    const bool m_batteryClock;
};

/// The kernel's name for this boot, /proc/sys/kernel/random/boot_id; "unknown" where there is none.
FACETRACK_EXPORT std::string bootId();

} // namespace facetrack

#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/health/health_probe.h"
#include "libfacetrack/health/health_warnings.h"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace facetrack {

/// The machine as it was at the last look, and what to worry about.
struct HealthReport
{
    MachineHealth machine;
    std::vector<HealthWarning> warnings; ///< in force
    MonotonicTime at{0};                 ///< when the report was made
    std::chrono::nanoseconds age{0};     ///< since that look
};

/// Looks how the machine is doing every few seconds, on a thread of its own: a disk or a sensor
/// that answers late delays nobody. Thread-safe.
class FACETRACK_EXPORT HealthWatch
{
public:
    /// For how long the machine's clock has not been trusted; nothing while it is.
    using ClockDoubt = std::function<std::optional<std::chrono::nanoseconds>()>;

    /// `doubt` is asked on the thread; `clock` outlives this.
    HealthWatch(std::unique_ptr<HealthProbe> probe, HealthWarnings warnings, ClockDoubt doubt,
                const Clock &clock);
    ~HealthWatch(); ///< stop()

    /// Looks once, then every `interval` on the thread.
    void start(std::chrono::nanoseconds interval);
    void stop();
    /// Looks now; the thread's work, and for tests.
    void look();
    HealthReport report() const;

private:
    void run(const std::stop_token &stop, std::chrono::nanoseconds interval);

    const std::unique_ptr<HealthProbe> m_probe; ///< of the thread, as the three below
    HealthWarnings m_warnings;
    const ClockDoubt m_doubt;
    bool m_throttledSeen = false;
    bool m_underVoltageSeen = false;
    const Clock &m_clock;

    mutable std::mutex m_mutex; // guards the two below
    HealthReport m_report;
    MonotonicTime m_looked{0};

    std::jthread m_thread;
};

} // namespace facetrack

#include "libfacetrack/health/health_watch.h"

#include <condition_variable>
#include <utility>

namespace facetrack {

namespace {

/// The firmware forgets what its driver has asked for, so what was seen here counts too.
void remember(bool &seen, const std::optional<bool> &now, std::optional<bool> &sinceBoot)
{
    seen = seen || now.value_or(false);
    if (seen)
        sinceBoot = true;
}

} // namespace

HealthWatch::HealthWatch(std::unique_ptr<HealthProbe> probe, HealthWarnings warnings,
                         ClockDoubt doubt, const Clock &clock)
    : m_probe(std::move(probe)), m_warnings(std::move(warnings)), m_doubt(std::move(doubt)),
      m_clock(clock), m_looked(clock.monotonic())
{
}

HealthWatch::~HealthWatch()
{
    stop();
}

void HealthWatch::start(std::chrono::nanoseconds interval)
{
    look();
    m_thread = std::jthread([this, interval](std::stop_token stop) { run(stop, interval); });
}

void HealthWatch::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void HealthWatch::look()
{
    MachineHealth health = m_probe->look();
    health.clockUntrusted = m_doubt();
    remember(m_throttledSeen, health.throttled, health.throttledSinceBoot);
    remember(m_underVoltageSeen, health.underVoltage, health.underVoltageSinceBoot);
    const MonotonicTime now = m_clock.monotonic();
    auto warnings = m_warnings.judge(health, now);
    const std::lock_guard lock(m_mutex);
    m_report.machine = std::move(health);
    m_report.warnings = std::move(warnings);
    m_looked = now;
}

HealthReport HealthWatch::report() const
{
    const std::lock_guard lock(m_mutex);
    HealthReport report = m_report;
    report.at = m_clock.monotonic();
    report.age = report.at - m_looked;
    return report;
}

void HealthWatch::run(const std::stop_token &stop, std::chrono::nanoseconds interval)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!never.wait_for(lock, stop, interval, [&] { return stop.stop_requested(); }))
        look();
}

} // namespace facetrack

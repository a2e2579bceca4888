#include "agentd/service_notes.h"

#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/log.h"

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <systemd/sd-daemon.h>
#include <utility>

namespace facetrack {

namespace {

constexpr std::chrono::seconds StatusEvery{5};

void tell(const std::string &words)
{
    ::sd_notify(0, words.c_str());
}

/// Within which systemd wants a sign of life; nothing where it does not wait for one.
std::optional<std::chrono::nanoseconds> watchdogLimit()
{
    std::uint64_t microseconds = 0;
    if (::sd_watchdog_enabled(0, &microseconds) <= 0)
        return std::nullopt;
    return std::chrono::microseconds(microseconds);
}

/// Says what is stuck to systemd and, once, in the log.
class Words
{
public:
    void say(const std::string &summary, const std::string &stuck, MonotonicTime now)
    {
        const bool news = stuck.empty() != m_stuck.empty();
        if (news && !stuck.empty())
            qCCritical(lcAgent, "%s: systemd is going to start this service again", stuck.c_str());
        if (news && stuck.empty())
            qCInfo(lcAgent, "everything gets on again");
        m_stuck = stuck;
        if (m_told && !news && now - *m_told < StatusEvery)
            return;
        m_told = now;
        tell("STATUS=" + (stuck.empty() ? summary : "hangs: " + stuck));
    }

private:
    std::string m_stuck;
    std::optional<MonotonicTime> m_told;
};

} // namespace

ServiceState serviceState()
{
    if (!std::getenv("NOTIFY_SOCKET"))
        return {};
    return {true, watchdogLimit()};
}

ServiceNotes::ServiceNotes(Progress progress, Summary summary)
    : m_progress(std::move(progress)), m_summary(std::move(summary))
{
    if (!std::getenv("NOTIFY_SOCKET"))
        return;
    tell("READY=1\nSTATUS=" + m_summary());
    m_thread = std::jthread(
        [this, limit = watchdogLimit()](const std::stop_token &stop) { run(stop, limit); });
}

ServiceNotes::~ServiceNotes()
{
    if (!m_thread.joinable())
        return;
    m_thread.request_stop();
    m_thread.join();
    tell("STOPPING=1\nSTATUS=stops, and commits what is under way");
}

void ServiceNotes::run(const std::stop_token &stop, std::optional<std::chrono::nanoseconds> limit)
{
    const Clock &clock = SystemClock::instance();
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    std::optional<Watchdog> watchdog;
    if (limit)
        watchdog.emplace(*limit, clock.monotonic());
    const std::chrono::nanoseconds pause = watchdog ? watchdog->interval() : StatusEvery;
    Words words;
    while (!never.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) {
        const MonotonicTime now = clock.monotonic();
        if (watchdog && watchdog->look(m_progress(), now))
            tell("WATCHDOG=1");
        words.say(m_summary(), watchdog ? watchdog->stuck(now) : std::string(), now);
    }
}

} // namespace facetrack

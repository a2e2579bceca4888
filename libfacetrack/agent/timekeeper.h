#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/clock_probe.h"
#include "libfacetrack/base/clock_trust.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/version.h"
#include "libfacetrack/store/journal.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace facetrack {

struct TimeSettings
{
    TrustRule rule = TrustRule::Auto;
    std::chrono::nanoseconds wait{std::chrono::hours(1)}; ///< for a clock that can be trusted
    std::chrono::milliseconds every{1000};                ///< between looks
    UtcTime earliest = buildDate();                       ///< the clock is wrong below this
    std::string boot = bootId();
};

/// How an agent stands to its clock; a snapshot.
struct ClockState
{
    bool trusted = false;
    std::string reason;                    ///< why it is or is not, in words
    std::chrono::nanoseconds untrusted{0}; ///< for how long
    bool givenUp = false;                  ///< records go without a trusted time
    std::chrono::nanoseconds givesUpIn{0}; ///< otherwise, while untrusted
};

/// Gives records their time. While the machine's clock cannot be trusted they carry the time since
/// boot, and the Journal holds them; once it can, the Journal is told what to make of them. After
/// `wait` they go as they are. The same for what earlier boots left. Thread-safe.
class FACETRACK_EXPORT Timekeeper
{
public:
    /// `journal` and `clock` outlive it. Looks once; start() goes on looking.
    Timekeeper(Journal &journal, const Clock &clock, std::unique_ptr<ClockProbe> probe,
               TimeSettings settings);
    ~Timekeeper();
    void start();

    /// Sets time, clockTrusted and pending for something that happened at `moment` of
    /// Clock::monotonic(). Give the record to the Journal soon.
    void stamp(Record &record, MonotonicTime moment);
    /// Looks at the clock now.
    void look();
    ClockState state() const;

private:
    // All of these expect m_mutex to be held.
    void readJournal();
    void lookNow();
    void takeOver(ClockVerdict verdict, MonotonicTime now);
    void settleOwnBoot(MonotonicTime now);
    void settleEarlierBoots();
    void giveUp();

    Journal &m_journal;
    const Clock &m_clock;
    const std::unique_ptr<ClockProbe> m_probe;
    const TimeSettings m_settings;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    ClockTrust m_trust;
    ClockVerdict m_verdict;
    ClockEvidence m_evidence;
    std::chrono::nanoseconds m_seenOffset{0}; ///< UTC − time since boot, at the last look
    std::optional<std::chrono::nanoseconds> m_toldOffset; ///< what the Journal knows of this boot
    std::optional<MonotonicTime> m_untrustedSince; ///< of sinceBoot()
    std::optional<std::chrono::nanoseconds> m_guess; ///< told to the Journal on giving up
    bool m_givenUp = false;
    std::vector<BootClock> m_earlier; ///< boots whose records wait, oldest first
    std::jthread m_thread; // last: ends before what it uses
};

} // namespace facetrack

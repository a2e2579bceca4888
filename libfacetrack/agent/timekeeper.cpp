#include "libfacetrack/agent/timekeeper.h"

#include "libfacetrack/base/log.h"

#include <algorithm>
#include <utility>

namespace facetrack {

namespace {

/// Held records are corrected with what the Journal was told: it is told again beyond this.
constexpr std::chrono::milliseconds worthTelling{250};

UtcTime milliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::floor<std::chrono::milliseconds>(time);
}

bool differs(std::optional<std::chrono::nanoseconds> told, std::chrono::nanoseconds offset,
             std::chrono::nanoseconds by)
{
    return !told || std::chrono::abs(*told - offset) > by;
}

} // namespace

Timekeeper::Timekeeper(Journal &journal, const Clock &clock, std::unique_ptr<ClockProbe> probe,
                       TimeSettings settings)
    : m_journal(journal), m_clock(clock), m_probe(std::move(probe)),
      m_settings(std::move(settings)), m_trust(m_settings.rule, m_settings.earliest)
{
    const std::lock_guard lock(m_mutex);
    m_trust.setFloor(m_journal.newestTrusted());
    readJournal();
    lookNow();
    qCInfo(lcAgent, "the clock is %s: %s", m_verdict.trusted ? "trusted" : "not trusted",
           m_verdict.reason.c_str());
}

Timekeeper::~Timekeeper() = default;

void Timekeeper::start()
{
    m_thread = std::jthread([this](const std::stop_token &stop) {
        std::unique_lock lock(m_mutex);
        while (!m_wake.wait_for(lock, stop, m_settings.every, [&] { return stop.stop_requested(); }))
            lookNow();
    });
}

void Timekeeper::stamp(Record &record, MonotonicTime moment)
{
    const std::lock_guard lock(m_mutex);
    const MonotonicTime sinceBoot = m_clock.sinceBoot();
    if (differs(m_seenOffset, m_clock.utc() - sinceBoot, ClockTrust::tolerance))
        lookNow(); // someone has just set the clock
    const MonotonicTime happened = moment + (sinceBoot - m_clock.monotonic());
    record.time = milliseconds(happened + m_verdict.offset);
    record.clockTrusted = m_verdict.trusted;
    record.pending.reset();
    if (!m_verdict.trusted)
        record.pending = PendingTime{m_settings.boot, happened};
}

void Timekeeper::look()
{
    const std::lock_guard lock(m_mutex);
    lookNow();
}

ClockState Timekeeper::state() const
{
    const std::lock_guard lock(m_mutex);
    ClockState state;
    state.trusted = m_verdict.trusted;
    state.reason = m_verdict.reason;
    state.givenUp = m_givenUp;
    if (m_untrustedSince) {
        state.untrusted = m_clock.sinceBoot() - *m_untrustedSince;
        if (!m_givenUp)
            state.givesUpIn = std::max(m_settings.wait - state.untrusted, MonotonicTime(0));
    }
    return state;
}

void Timekeeper::readJournal()
{
    auto boots = m_journal.bootClocks();
    if (!boots) {
        qCWarning(lcAgent, "%s; records that wait for the time stay where they are",
                  describe(boots.error()).c_str());
        return;
    }
    for (BootClock &boot : *boots) {
        if (boot.bootId != m_settings.boot) {
            if (boot.state == BootClock::State::Waiting && boot.held > 0)
                m_earlier.push_back(std::move(boot));
            continue;
        }
        // An earlier run in this boot: its findings hold, and its records have waited already.
        if (boot.state == BootClock::State::Known) {
            m_trust.remember(boot.offset);
            m_toldOffset = boot.offset;
        } else if (boot.state != BootClock::State::Waiting) {
            m_givenUp = true;
        } else if (boot.held > 0) {
            m_untrustedSince = std::min(boot.first, m_clock.sinceBoot());
        }
    }
}

void Timekeeper::lookNow()
{
    const UtcTime utc = m_clock.utc();
    const MonotonicTime now = m_clock.sinceBoot();
    m_seenOffset = utc - now;
    m_evidence = m_probe->look();
    takeOver(m_trust.judge(utc, now, m_evidence), now);
}

void Timekeeper::takeOver(ClockVerdict verdict, MonotonicTime now)
{
    if (m_verdict.trusted && !verdict.trusted)
        qCWarning(lcAgent, "the clock is not trusted any more: %s", verdict.reason.c_str());
    if (verdict.trusted && m_untrustedSince)
        qCInfo(lcAgent, "the clock is trusted now: %s", verdict.reason.c_str());
    m_verdict = std::move(verdict);
    settleOwnBoot(now);
    settleEarlierBoots();
}

void Timekeeper::settleOwnBoot(MonotonicTime now)
{
    if (m_verdict.trusted) {
        m_untrustedSince.reset();
        m_givenUp = false;
        m_guess.reset();
        if (differs(m_toldOffset, m_verdict.offset, worthTelling)) {
            m_toldOffset = m_verdict.offset;
            m_journal.resolveClock(m_settings.boot, milliseconds(m_verdict.offset));
        }
        return;
    }
    if (!m_untrustedSince)
        m_untrustedSince = now;
    if (m_toldOffset) {
        m_toldOffset.reset();
        m_journal.doubtClock(m_settings.boot);
    }
    m_givenUp = m_givenUp || now - *m_untrustedSince >= m_settings.wait;
    if (m_givenUp && differs(m_guess, m_verdict.offset, ClockTrust::tolerance))
        giveUp();
}

void Timekeeper::giveUp()
{
    if (!m_guess)
        qCWarning(lcAgent, "the clock is not trusted (%s): records go on, marked with "
                           "clock_trusted = false (set the clock, or time.trust)",
                  m_verdict.reason.c_str());
    m_guess = m_verdict.offset;
    m_journal.giveUpClock(m_settings.boot, milliseconds(m_verdict.offset));
}

void Timekeeper::settleEarlierBoots()
{
    // Nothing more will be known about them than that they came before this boot. Where a battery
    // kept the clock, what it said is the better guess; else, that each ended as the next began.
    if (m_earlier.empty() || (!m_verdict.trusted && !m_givenUp))
        return;
    UtcTime next = milliseconds(m_verdict.offset);
    for (auto boot = m_earlier.rbegin(); boot != m_earlier.rend(); ++boot) {
        next -= milliseconds(boot->last);
        const bool guess = m_verdict.trusted && !m_evidence.batteryClock;
        m_journal.giveUpClock(boot->bootId, guess ? std::optional(next) : std::nullopt);
        qCWarning(lcAgent, "%llu records of an earlier start of this machine go marked with "
                           "clock_trusted = false: its clock was never set",
                  static_cast<unsigned long long>(boot->held));
    }
    m_earlier.clear();
}

} // namespace facetrack

#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/boot_clock.h"
#include "libfacetrack/store/record_table.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace facetrack {

/// What became known about the clock of a boot.
struct ClockDecision
{
    std::string bootId;
    BootClock::State state = BootClock::State::Waiting;
    std::int64_t offset = 0; ///< UTC − monotonic, ms, when known or guessed
};

/// Writes tables `held` and `boots`: records wait there, outside the order of positions, until
/// their time is settled. So they neither hold up delivery of others nor get overtaken by the
/// watermark: they get their position when they join the rest. Writer thread only.
class HeldTable
{
public:
    /// Records joining the rest in one transaction.
    static constexpr int releaseStep = 2'000;

    Result<void> prepare(sqlite::Database &database);

    /// Keeps `row` until its boot's clock is settled, or inserts it at once when that has happened.
    /// False when it is there already.
    Result<bool> add(RecordRow row, const PendingTime &pending, RecordTable &records,
                     JournalTotals &totals);
    Result<void> decide(const ClockDecision &decision);
    /// Lets some settled records join; true while there are more.
    Result<bool> releaseSome(RecordTable &records, JournalTotals &totals);
    /// Drops the oldest, at most `most`; returns how many.
    Result<std::int64_t> drop(std::int64_t most, JournalTotals &totals);
    void forget();

private:
    struct Boot
    {
        std::int64_t id = 0;
        BootClock::State state = BootClock::State::Waiting;
        std::int64_t offset = 0;
    };
    Result<Boot> boot(const std::string &name);

    sqlite::Database *m_database = nullptr;
    sqlite::Statement m_insert, m_addBoot, m_findBoot, m_decide, m_settled, m_delete, m_drop;
    std::string m_lastBootName;
    Boot m_lastBoot;
    bool m_maySettle = true; ///< looking through all held rows each second would cost too much
};

} // namespace facetrack

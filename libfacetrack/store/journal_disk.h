#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/file_lock.h"
#include "libfacetrack/store/held_table.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/journal_schema.h"
#include "libfacetrack/store/record_table.h"
#include "libfacetrack/store/retention.h"
#include "libfacetrack/store/sqlite.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace facetrack {

struct QuarantineOrder
{
    std::int64_t position = 0;
    std::string error;
};

/// What goes to the disk in one transaction.
struct JournalGroup
{
    std::deque<Record> records; // as the queue is: taken over by a swap
    std::vector<QuarantineOrder> quarantines;
    std::vector<ClockDecision> clocks;
    std::int64_t delivered = 0;    ///< watermark
    bool uploads = true;           ///< whether what is not delivered waits for that
    std::uint64_t ordersUpTo = 0;  ///< for the one who waits for it
};

/// How it was there afterwards.
struct JournalOutcome
{
    JournalTotals totals;
    std::uint64_t repeats = 0;
    std::uint64_t heldDropped = 0;
    std::int64_t bytes = 0;
    std::int64_t usedBytes = 0;
    bool more = false; ///< old records to remove or held ones to let go: come again soon
};

/// The writing side of a Journal's file: all or nothing of a group. Used by one thread at a time.
class JournalDisk
{
public:
    static Result<std::unique_ptr<JournalDisk>> open(const JournalOptions &options);

    /// Commits the group. After a failure nothing of it is there and it can be tried again.
    Result<JournalOutcome> commit(const JournalGroup &group, UtcTime now);

    const JournalTotals &totals() const { return m_totals; }
    const JournalBudget &budget() const { return m_budget; }
    /// Time of the first record at or after `position`; 0 when there is none.
    Result<std::int64_t> timeFrom(std::int64_t position);
    /// Sizes as they are now.
    void measure(JournalOutcome &outcome);
    Result<std::vector<std::int64_t>> quarantinedBeyondWatermark();

private:
    explicit JournalDisk(const JournalOptions &options);
    Result<void> prepare();
    Result<void> write(const JournalGroup &group, UtcTime now, JournalTotals &totals,
                       JournalOutcome &outcome);
    Result<void> writeRecords(const JournalGroup &group, JournalTotals &totals,
                              JournalOutcome &outcome);
    Result<void> writeTotals(const JournalTotals &totals);

    const std::filesystem::path m_file;
    const JournalBudget m_budget;
    FileLock m_lock;
    sqlite::Database m_database; // before the statements: they must close first
    RecordTable m_records;
    HeldTable m_held;
    Retention m_retention;
    sqlite::Statement m_begin, m_commit, m_writeTotals, m_time;
    JournalTotals m_totals;
};

/// Bytes that a record takes on disk, roughly, with its share of the index.
std::int64_t estimatedBytes(const Record &record);

} // namespace facetrack

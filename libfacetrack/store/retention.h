#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/held_table.h"
#include "libfacetrack/store/journal_schema.h"
#include "libfacetrack/store/sqlite.h"

#include <chrono>
#include <cstdint>

namespace facetrack {

/// Keeps the Journal within its bounds, a small step in each transaction: delivered records go
/// first, oldest first, then quarantined ones, then sums that outlived their records, then undelivered
/// and held ones. Writer thread only.
class Retention
{
public:
    Retention(JournalBudget budget, std::chrono::hours maxAge);
    Result<void> prepare(sqlite::Database &database);

    /// Makes room for `incoming` bytes and removes what is too old. Undelivered records are only
    /// ever removed from the old end, with the watermark following. Where nobody `uploads` they are
    /// history, and go before sums do. Returns how many held records
    /// were dropped; `more` tells that another step is due.
    Result<std::int64_t> step(std::int64_t incoming, UtcTime now, bool uploads, HeldTable &held,
                              JournalTotals &totals, bool &more);

    /// Bytes of pages in use.
    Result<std::int64_t> usedBytes();

private:
    enum class Taken { Nothing, Some };
    Result<Taken> makeRoom(bool uploads, JournalTotals &totals);
    Result<Taken> byAge(UtcTime now, JournalTotals &totals);
    Result<Taken> deleteUpTo(std::int64_t last, JournalTotals &totals);
    Result<Taken> delivered(JournalTotals &totals);
    Result<Taken> quarantined(JournalTotals &totals);
    Result<Taken> sums(JournalTotals &totals);
    Result<Taken> undelivered(JournalTotals &totals);
    Result<void> dropSums(std::int64_t beforeMinute);
    Result<void> shrink();

    JournalBudget m_budget;
    std::chrono::hours m_maxAge;
    sqlite::Database *m_database = nullptr;
    sqlite::Statement m_pageCount, m_freePages, m_oldest, m_firstYoung, m_delete, m_deleteBlocks;
    sqlite::Statement m_dropQuarantined, m_vacuum, m_oldestSum, m_oldestTime, m_dropMinutes, m_dropPlaces;
};

} // namespace facetrack

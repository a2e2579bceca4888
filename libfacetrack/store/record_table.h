#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/journal_schema.h"
#include "libfacetrack/store/record_row.h"
#include "libfacetrack/store/rollup_table.h"
#include "libfacetrack/store/sqlite.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace facetrack {

/// Writes tables `runs`, `records`, `time_blocks` and `quarantine`, and the sums beside them. Used by the writer thread
/// inside its transactions; after a rollback, forget() what may not be there any more.
class RecordTable
{
public:
    Result<void> prepare(sqlite::Database &database);

    Result<std::int64_t> runId(const Record &record);
    /// False when that record is there already. Takes the next position from `totals`.
    Result<bool> insert(const RecordRow &row, JournalTotals &totals);
    Result<bool> contains(const RecordRow &row);
    /// Moves a record out; nothing happens when it is gone.
    Result<void> quarantine(std::int64_t position, std::string_view error, std::int64_t at,
                            JournalTotals &totals);
    /// Writes time ranges and sums collected since the last call; due before each commit.
    Result<void> finish();
    void forget();

private:
    void noteTime(std::int64_t position, std::int64_t time);
    Result<void> writeTimeBlock();

    sqlite::Database *m_database = nullptr;
    sqlite::Statement m_insert, m_contains, m_findRun, m_addRun, m_block;
    sqlite::Statement m_copyToQuarantine, m_delete;
    RollupTable m_rollup;
    std::unordered_map<std::string, std::int64_t> m_runs;
    std::string m_lastAgent, m_lastRun, m_key;
    std::int64_t m_lastRunId = 0;
    struct { std::int64_t block = -1, earliest = 0, latest = 0; } m_times;
};

} // namespace facetrack

#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/delivery_marks.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/sqlite.h"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace facetrack {

/// Reads a Journal's file on a connection of its own, beside the writer. No read transaction
/// outlives a call, so that the write-ahead log can be emptied. Thread-safe.
class JournalReader
{
public:
    Result<void> open(const std::filesystem::path &file);

    /// Adds records of these positions to `found`, until it has `most`.
    Result<void> read(PositionRange range, std::size_t most, std::vector<StoredRecord> &found);
    Result<std::vector<StoredRecord>> between(RecordType type, UtcTime from, UtcTime to,
                                              std::int64_t after, std::size_t most);
    Result<std::vector<MinuteCount>> minuteCounts(std::int64_t from, std::int64_t to);
    Result<std::vector<PlaceCount>> placeCounts(std::int64_t from, std::int64_t to);
    Result<std::vector<DwellCount>> dwellCounts(UtcTime from, UtcTime to, const std::string &zone);
    Result<std::vector<StoredRecord>> changes(UtcTime from, UtcTime to, std::size_t most);
    Result<std::vector<QuarantinedRecord>> quarantined(std::size_t most);
    Result<std::vector<BootClock>> bootClocks();

private:
    struct RunName
    {
        std::string agent, run;
        bool simulated = false;
    };
    /// Calls `row` with the run's name for each row of a statement whose first column is the run.
    template<typename Row>
    Result<void> eachCount(sqlite::Statement &statement, const Row &row);
    Result<void> collect(sqlite::Statement &statement, std::vector<StoredRecord> &found);
    Result<StoredRecord> recordAt(sqlite::Statement &statement);
    Result<const RunName *> run(std::int64_t id);

    std::mutex m_mutex;
    sqlite::Database m_database;
    sqlite::Statement m_range, m_between, m_minutes, m_places, m_dwells, m_changes, m_quarantined,
        m_boots, m_run;
    std::unordered_map<std::int64_t, RunName> m_runs;
};

} // namespace facetrack

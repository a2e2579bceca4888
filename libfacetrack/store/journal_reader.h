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
#include <utility>
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
    Result<std::vector<MinuteCount>> minuteCounts(UtcTime from, UtcTime to);
    Result<std::vector<QuarantinedRecord>> quarantined(std::size_t most);
    Result<std::vector<BootClock>> bootClocks();

private:
    Result<void> collect(sqlite::Statement &statement, std::vector<StoredRecord> &found);
    Result<StoredRecord> recordAt(sqlite::Statement &statement);
    Result<const std::pair<std::string, std::string> *> run(std::int64_t id);

    std::mutex m_mutex;
    sqlite::Database m_database;
    sqlite::Statement m_range, m_between, m_minutes, m_quarantined, m_boots, m_run;
    std::unordered_map<std::int64_t, std::pair<std::string, std::string>> m_runs;
};

} // namespace facetrack

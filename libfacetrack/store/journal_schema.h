#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/sqlite.h"

#include <cstdint>
#include <filesystem>

namespace facetrack {

/// Version of the tables; kept in the file as user_version.
inline constexpr std::int64_t journalVersion = 2;
/// Positions in one row of `time_blocks`: that table stands in for an index on time, which would
/// cost 16 bytes a record; this costs 16 bytes a thousand.
inline constexpr int timeBlockShift = 10;

/// What the one row of table `totals` holds: kept with every group, so that nothing is ever counted
/// through and a position is never used twice.
struct JournalTotals
{
    std::int64_t next = 1;        ///< position of the next record
    std::int64_t delivered = 0;   ///< watermark: no position up to this one needs delivery
    std::int64_t rows = 0;
    std::int64_t held = 0;
    std::int64_t quarantined = 0;
    std::int64_t newestTime = 0;  ///< of the records with a trusted clock, ms since 1970
};

/// How many bytes go where, derived from JournalOptions::maxBytes.
struct JournalBudget
{
    explicit JournalBudget(std::int64_t maxBytes);
    std::int64_t log;   ///< size at which the write-ahead log is moved into the database
    std::int64_t group; ///< records written in one transaction
    std::int64_t pages; ///< pages in use; log and groups have their share beside it
};

/// Opens the writer's connection; makes the tables in a new file. Errors as Journal::open() says.
Result<sqlite::Database> openJournalDatabase(const std::filesystem::path &file,
                                             const JournalBudget &budget);

} // namespace facetrack

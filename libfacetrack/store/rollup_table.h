#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/record_row.h"
#include "libfacetrack/store/sqlite.h"

#include <cstdint>
#include <map>
#include <utility>

namespace facetrack {

/// Sums beside the records, by minute and by cell of the picture, so that charts need not look at
/// millions of rows. Kept in the transaction of the records themselves: each is counted once, however
/// often it is sent and however late it comes. Used by the writer thread.
class RollupTable
{
public:
    Result<void> prepare(sqlite::Database &database);

    /// Counts a record that was added (not one that was there already).
    void note(const RecordRow &row);
    /// Writes what was noted since the last call; due before each commit.
    Result<void> write();
    /// After a rollback.
    void forget();

private:
    struct Minute
    {
        std::int64_t observations = 0, faces = 0, visits = 0, seconds = 0;
    };
    using Key = std::pair<std::int64_t, std::int64_t>; ///< minute or quarter of an hour; run
    Minute &minute(const RecordRow &row);
    void notePlaces(const RecordRow &row);

    sqlite::Statement m_addMinute, m_addPlace;
    std::map<Key, Minute> m_minutes;
    std::map<std::pair<Key, int>, std::int64_t> m_places;
};

} // namespace facetrack

#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/cratedb/client.h"

#include <functional>
#include <string>
#include <vector>

namespace facetrack {

/// How tables are made.
struct CrateSchemaOptions
{
    std::string schema = "facetrack";
    int shards = 2;               ///< of each day's partition of observations
    std::string replicas = "0-1"; ///< "1", "0-1", "0-all"
};

/// The newest version of the tables that this program knows.
FACETRACK_EXPORT int crateSchemaVersion();

/// Names of all its tables.
FACETRACK_EXPORT std::vector<std::string> crateTableNames();

/// All statements that bring an empty database to the newest version, with comments for people.
FACETRACK_EXPORT std::string crateSchemaText(const CrateSchemaOptions &options);

/// Brings the database to the newest version; each step is told to `tell`. A repeat changes
/// nothing. Unsupported when it is newer than this program; otherwise what the database says.
FACETRACK_EXPORT Result<void> applyCrateSchema(cratedb::Client &client,
                                               const CrateSchemaOptions &options,
                                               const std::function<void(const std::string &)> &tell);

/// A stretch of time of a table that is dropped as a whole.
struct CratePartition
{
    std::string table;
    std::string column; ///< "day" or "month"
    UtcTime begin{0};
};

/// Partitions that end before `before`, oldest first.
FACETRACK_EXPORT Result<std::vector<CratePartition>>
partitionsBefore(cratedb::Client &client, const std::string &schema, UtcTime before);

/// Drops one with all its rows.
FACETRACK_EXPORT Result<void> dropPartition(cratedb::Client &client, const std::string &schema,
                                            const CratePartition &partition);

} // namespace facetrack

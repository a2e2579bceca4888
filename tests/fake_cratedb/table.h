// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/data_type.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fake {

struct Column
{
    std::string name;
    DataType type;
    bool notNull = false;
    std::string generatedUnit; ///< date_trunc's unit when GENERATED ALWAYS
    std::string generatedFrom; ///< and the column it is of
    std::string defaultText;   ///< a literal or now(), as written

    bool isGenerated() const { return !generatedUnit.empty(); }
};

struct Partition
{
    std::set<std::string> blocks;
};

/// A table as created, and what became of it since.
struct Table
{
    std::string schema;
    std::string name;
    std::vector<Column> columns;
    std::vector<int> primaryKey; ///< indices into columns, in the key's order
    int partitionColumn = -1;
    std::string clusteredBy = "_id";
    int shards = 4;
    std::map<std::string, nlohmann::json> settings; ///< of WITH, as written

    std::map<std::int64_t, Partition> partitions;
    std::set<std::string> blocks; ///< "write", "read_only", "read_only_allow_delete"
    bool closed = false;
    std::int64_t lastRow = 0;    ///< SQLite's row id of the newest row
    std::int64_t visibleRow = 0; ///< the newest one that SELECT shows

    std::string fullName() const { return schema + "." + name; }
    int column(const std::string &which) const;
    bool isKey(int index) const;
    std::string replicas() const;
    std::vector<std::string> keyNames() const;
};

/// The number of the shard that CrateDB would put a row with this routing text on.
int shardOf(const std::string &routing, int shards);

} // namespace fake

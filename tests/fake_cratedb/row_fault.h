// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <random>
#include <string>
#include <vector>

namespace fake {

/// Which rows of an insert fail on command, and how that is told.
struct RowFault
{
    int code = 0; ///< 0: rowcount -2 without an error
    std::string message;
    bool store = false;        ///< the row is stored although it is reported as failed
    std::vector<int> rows;     ///< indices; empty for all …
    double fraction = 1;       ///< … of which this part, drawn from `seed`
    std::string table;         ///< only of this table, when not empty
    int shard = -1;            ///< only rows of this shard, when not -1
    std::mt19937_64 generator{1};

    bool hits(std::size_t index);
};

} // namespace fake

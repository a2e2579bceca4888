// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/row_fault.h"

#include <algorithm>

namespace fake {

bool RowFault::hits(std::size_t index)
{
    if (!rows.empty())
        return std::find(rows.begin(), rows.end(), static_cast<int>(index)) != rows.end();
    return fraction >= 1 || std::uniform_real_distribution<double>()(generator) < fraction;
}

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/catalog.h"

namespace fake {

using json = nlohmann::json;

/// The rows of the system tables, each an object by column name; what is missing is NULL.
json tableRows(Catalog &catalog, const Session &session);
json columnRows(Catalog &catalog, const Session &session);
json partitionRows(Catalog &catalog, const Session &session);
json schemaRows(Catalog &catalog, const Session &session);
json keyRows(Catalog &catalog, const Session &session);
json clusterRows(Catalog &catalog, const Session &session);
json nodeRows(Catalog &catalog, const Session &session);
json healthRows(Catalog &catalog, const Session &session);
json clusterHealthRows(Catalog &catalog, const Session &session);
json shardRows(Catalog &catalog, const Session &session);
json checkRows(Catalog &catalog, const Session &session);
json userRows(Catalog &catalog, const Session &session);
json roleRows(Catalog &catalog, const Session &session);
json privilegeRows(Catalog &catalog, const Session &session);

} // namespace fake

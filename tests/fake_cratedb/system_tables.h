// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/translator.h"

#include <optional>

namespace fake {

/// A table of sys or information_schema as it is now, as a query of constants; nothing for a name
/// that this stand-in does not have.
std::optional<Query> systemTable(Catalog &catalog, const Session &session, const RelationName &name);

} // namespace fake

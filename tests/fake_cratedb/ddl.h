// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/catalog.h"
#include "tests/fake_cratedb/lexer.h"

namespace fake {

/// `name`, `schema.name` or a sys table, with the session's schema where none is written.
RelationName parseRelation(TokenStream &tokens, const Session &session);

/// A column's definition: name, type, constraints.
Column parseColumn(TokenStream &tokens);

/// After CREATE TABLE [IF NOT EXISTS] name: columns, keys, shards, partitions, options; checked as
/// CrateDB checks them.
Table parseTableDefinition(TokenStream &tokens, const RelationName &name);

/// `name = value` pairs in brackets, dotted or quoted names: of WITH and SET.
std::map<std::string, nlohmann::json> parseSettings(TokenStream &tokens);

/// The answer of SHOW CREATE TABLE.
std::string showCreateTable(const Table &table);

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/insert.h"

#include <map>
#include <string>

namespace fake {

/// Executes statements: the storage and catalog behind all nodes. Thread-bound.
class Engine
{
public:
    Engine(const std::string &file, bool discard);

    SqlResult execute(const SqlRequest &request, const Session &session, RowFault *fault);
    /// Raw SQL on SQLite, past visibility and privileges; the rows as JSON.
    std::string raw(const std::string &sql);
    /// All primary keys of a table, one line each, tabs between columns.
    std::string keys(const std::string &table);
    /// The first word of a statement and its table, for statistics and faults: "insert".
    static std::string kindOf(const std::string &statement);

    Catalog &catalog() { return m_catalog; }
    RowCounts &counts() { return m_counts; }

private:
    using Handler = SqlResult (Engine::*)(TokenStream &, const Context &, const SqlRequest &);

    SqlResult dispatch(const SqlRequest &request, const Context &context);
    SqlResult insert(const SqlRequest &request, const Context &context, RowFault *fault);
    SqlResult select(TokenStream &tokens, const Context &context, const SqlRequest &request);
    SqlResult remove(TokenStream &tokens, const Context &context, const SqlRequest &request);
    SqlResult update(TokenStream &tokens, const Context &context, const SqlRequest &request);
    SqlResult modify(const std::string &sql, const std::string &returning,
        const std::vector<OutputColumn> &columns, int parameters, const Context &context,
        const SqlRequest &request);
    SqlResult refresh(TokenStream &tokens, const Context &context, const SqlRequest &request);
    void dropEmptyPartitions(Table &table, const Context &context);
    void restore();

    Database m_database;
    Catalog m_catalog;
    bool m_discard;
    RowCounts m_counts;
    std::map<std::string, std::shared_ptr<InsertPlan>> m_plans;
};

/// Statements on tables, schemas and views; false when it is none of them.
bool runDdl(TokenStream &tokens, const Context &context, SqlResult &result);
/// Statements on users, roles and privileges; false when it is none of them.
bool runUserStatement(TokenStream &tokens, const Context &context, SqlResult &result);
/// Makes SQLite's table and the catalog's entry.
Table &createTable(const Context &context, Table table);

} // namespace fake

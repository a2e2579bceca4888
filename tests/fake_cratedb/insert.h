// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/cast.h"
#include "tests/fake_cratedb/request.h"
#include "tests/fake_cratedb/row_fault.h"

namespace fake {

/// What all statements work on.
struct Context
{
    Database &database;
    Catalog &catalog;
    const Session &session;
    bool discard = false; ///< keep keys only
};

/// One value of a VALUES row: a parameter, or a literal as JSON.
struct ValueSource
{
    int parameter = 0;
    std::shared_ptr<JsonTape> literal;
    std::shared_ptr<std::string> text; ///< what the literal's tape points into
};

/// An INSERT, read once and used as long as the catalog stays the same.
struct InsertPlan
{
    enum class Conflict { Refuse, Ignore, Update };

    Table *table = nullptr;
    std::vector<int> targets; ///< columns named
    std::vector<std::vector<ValueSource>> rows;
    std::optional<Query> query; ///< instead of rows
    Conflict conflict = Conflict::Refuse;
    std::string update; ///< "a" = excluded."a", …
    std::string returning;
    std::vector<OutputColumn> returningColumns;
    int parameters = 0;
    int version = 0; ///< of the catalog
    Statement statement;
    TextArena arena;         ///< of the request that runs
    std::vector<Cell> cells; ///< its rows, column after column
};

/// Counts for GET /stats.
struct RowCounts
{
    long long received = 0;
    long long inserted = 0;
    long long alreadyThere = 0;
    long long failed = 0;
};

std::shared_ptr<InsertPlan> planInsert(TokenStream &tokens, const Context &context,
    const std::optional<JsonRef> &args);

/// Runs a plan on a request's arguments.
class InsertRunner
{
public:
    InsertRunner(const Context &context, InsertPlan &plan, RowFault *fault, RowCounts &counts);

    SqlResult run(const SqlRequest &request);

private:
    void castAll(const SqlRequest &request);
    void castTuples(const std::optional<JsonRef> &args);
    void castQuery(const std::optional<JsonRef> &args);
    void castRow(const std::vector<JsonRef> &values);
    void complete(Cell *row, std::string &problem);
    void generate(Cell *row, std::size_t column, std::string &problem);
    void checkTable() const;
    void checkPartitions();
    RowOutcome storeRow(std::size_t index);
    RowOutcome insert(const Cell *row);
    std::optional<RowOutcome> refused(std::size_t index, const Cell *row);
    std::string routing(const Cell *row) const;
    SqlResult single();

    const Context &m_context;
    InsertPlan &m_plan;
    Table &m_table;
    RowFault *m_fault;
    RowCounts &m_counts;
    TextArena &m_arena;
    std::vector<Cell> &m_cells;
    std::vector<RowOutcome> m_problems; ///< of casting; code 0 for none
    std::vector<RowOutcome> m_outcomes;
    std::deque<std::string> m_texts;
    std::deque<JsonTape> m_tapes;
    std::vector<JsonRef> m_values;
    std::int64_t m_lastPartition = 0;
    const Partition *m_partition = nullptr;
    std::string m_returned;
};

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/insert.h"
#include "tests/fake_cratedb/sql_error.h"

namespace fake {

namespace {

const std::string DuplicateKey
    = "DuplicateKeyException[A document with the same primary key exists already]";

} // namespace

InsertRunner::InsertRunner(const Context &context, InsertPlan &plan, RowFault *fault,
    RowCounts &counts)
    : m_context(context), m_plan(plan), m_table(*plan.table), m_fault(fault), m_counts(counts),
      m_arena(plan.arena), m_cells(plan.cells)
{
    m_arena.reuse();
    m_cells.clear();
}

SqlResult InsertRunner::run(const SqlRequest &request)
{
    if (request.bulkArgs && !m_plan.returning.empty())
        throw unsupported("Bulk operations for statements that return result sets is not supported");
    checkTable();
    // All is cast before anything is stored: one value that does not cast refuses the request.
    castAll(request);
    checkPartitions();
    const std::size_t count = m_problems.size();
    m_counts.received += static_cast<long long>(count);
    m_outcomes.reserve(count);
    Transaction transaction(m_context.database);
    for (std::size_t i = 0; i < count; ++i)
        m_outcomes.push_back(storeRow(i));
    transaction.commit();
    if (!request.bulkArgs)
        return single();
    SqlResult result;
    result.bulk = std::move(m_outcomes);
    return result;
}

SqlResult InsertRunner::single()
{
    SqlResult result;
    for (const RowOutcome &outcome : m_outcomes) {
        // Of several rows those whose shard is missing are left out without a word, as recorded.
        const bool silent = m_outcomes.size() > 1 && (outcome.code == 5002 || outcome.code == 0);
        if (outcome.rowcount >= 0)
            result.rowcount += outcome.rowcount;
        else if (!silent)
            throw SqlError(outcome.code / 10, outcome.code,
                outcome.message ? *outcome.message : std::string());
    }
    if (!m_plan.returning.empty()) {
        result.columns = m_plan.returningColumns;
        result.rows = "[" + m_returned + "]";
    }
    return result;
}

void InsertRunner::checkTable() const
{
    const bool blocked = m_table.blocks.contains("write") || m_table.blocks.contains("read_only");
    if (m_table.closed || blocked)
        throw inaccessible(m_table.fullName(), "INSERT", m_table.closed);
}

/// Without a master no partition can be made, which refuses the request.
void InsertRunner::checkPartitions()
{
    if (m_table.partitionColumn < 0)
        return;
    const std::size_t width = m_table.columns.size();
    for (std::size_t i = 0; i < m_problems.size(); ++i) {
        const std::int64_t part
            = m_cells[i * width + static_cast<std::size_t>(m_table.partitionColumn)].integer;
        if (m_context.session.noMaster && !m_table.partitions.contains(part))
            throw SqlError(503, 5031, "MasterNotDiscoveredException[null]");
    }
}

std::string InsertRunner::routing(const Cell *row) const
{
    const int by = m_table.column(m_table.clusteredBy);
    const int index = by >= 0 ? by : m_table.primaryKey.empty() ? 0 : m_table.primaryKey[0];
    const Cell &cell = row[index];
    return cell.kind == Cell::Kind::Integer ? std::to_string(cell.integer) : std::string(cell.text);
}

std::optional<RowOutcome> InsertRunner::refused(std::size_t index, const Cell *row)
{
    if (m_problems[index].code != 0)
        return m_problems[index];
    if (m_table.partitionColumn >= 0) {
        const std::int64_t part = row[m_table.partitionColumn].integer;
        if (m_partition == nullptr || m_lastPartition != part)
            m_partition = &m_table.partitions[part];
        m_lastPartition = part;
        if (m_partition->blocks.contains("write"))
            return RowOutcome::failed(4035, "ClusterBlockException[blocked by: "
                                            "[RELATION_READ_AND_DDL_ONLY/8/index write (api)];]");
    }
    const std::string deleteOnly = "read_only_allow_delete";
    if (m_table.blocks.contains(deleteOnly)
        || (m_partition != nullptr && m_partition->blocks.contains(deleteOnly)))
        return RowOutcome::failed(4037, "ClusterBlockException[blocked by: "
            "[RELATION_READ_DELETE_ONLY/12/index read-only / allow delete (api)];]");
    if (m_context.session.noMaster)
        return RowOutcome::failed(
            5031, "ClusterBlockException[blocked by: [MASTER_NOT_DISCOVERED/2/no master];]");
    return {};
}

RowOutcome InsertRunner::storeRow(std::size_t index)
{
    const Cell *row = m_cells.data() + index * m_table.columns.size();
    if (auto outcome = refused(index, row)) {
        ++m_counts.failed;
        return *outcome;
    }
    if (m_fault != nullptr && (m_fault->table.empty() || m_fault->table == m_table.fullName())) {
        const bool here = m_fault->shard < 0
            || shardOf(routing(row), m_table.shards) == m_fault->shard;
        if (here && m_fault->hits(index)) {
            ++m_counts.failed;
            if (m_fault->store)
                insert(row);
            return m_fault->code == 0 ? RowOutcome{-2, 0, nullptr}
                                      : RowOutcome::failed(m_fault->code, m_fault->message);
        }
    }
    return insert(row);
}

RowOutcome InsertRunner::insert(const Cell *row)
{
    Statement &statement = m_plan.statement;
    for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
        if (!m_context.discard || m_table.isKey(static_cast<int>(i)))
            statement.bind(static_cast<int>(i) + 1, row[i]);
    }
    bool done = false;
    if (m_plan.returning.empty()) {
        statement.step();
        done = m_context.database.changes() > 0;
    } else if (statement.step()) {
        done = true;
        m_returned += m_returned.empty() ? "" : ",";
        m_returned += rowJson(statement, m_plan.returningColumns);
        while (statement.step()) { }
    }
    statement.reset();
    if (!done) {
        ++m_counts.alreadyThere;
        if (m_plan.conflict == InsertPlan::Conflict::Ignore)
            return {0, 0, nullptr};
        return RowOutcome::failed(4091, DuplicateKey);
    }
    m_table.lastRow = std::max(m_table.lastRow, m_context.database.lastRow());
    ++m_counts.inserted;
    return {};
}

} // namespace fake

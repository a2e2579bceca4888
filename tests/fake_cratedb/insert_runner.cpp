// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/insert.h"
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/time_text.h"

namespace fake {

namespace {

constexpr std::size_t MaxTermBytes = 32766;

const std::string DuplicateKey
    = "DuplicateKeyException[A document with the same primary key exists already]";

RowOutcome refusal(const std::string &what)
{
    return RowOutcome::failed(4000, "SQLParseException[" + what + "]");
}

std::string immenseTerm(std::size_t column, std::string_view text)
{
    std::string prefix;
    for (std::size_t i = 0; i < 30; ++i)
        prefix += (i == 0 ? "" : ", ") + std::to_string(static_cast<signed char>(text[i]));
    return "Document contains at least one immense term in field=\"" + std::to_string(column + 1)
        + "\" (whose UTF8 encoding is longer than the max length 32766), all of which were skipped.  "
          "Please correct the analyzer to not produce such terms.  The prefix of the first immense "
          "term is: '[" + prefix + "]...', original message: bytes can be at most 32766 in length; "
          "got " + std::to_string(text.size());
}

} // namespace

InsertRunner::InsertRunner(const Context &context, InsertPlan &plan, RowFault *fault,
    RowCounts &counts)
    : m_context(context), m_plan(plan), m_table(*plan.table), m_fault(fault), m_counts(counts)
{
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

void InsertRunner::castAll(const SqlRequest &request)
{
    if (!request.bulkArgs) {
        castTuples(request.args);
        return;
    }
    JsonRef row = request.bulkArgs->first();
    m_cells.reserve(request.bulkArgs->count() * m_table.columns.size());
    m_problems.reserve(request.bulkArgs->count());
    for (std::uint32_t i = 0; i < request.bulkArgs->count(); ++i, row = row.next())
        castTuples(row);
}

void InsertRunner::castTuples(const std::optional<JsonRef> &args)
{
    const int given = args ? static_cast<int>(args->count()) : 0;
    if (given < m_plan.parameters)
        throw parseError("The query contains a parameter placeholder $" + std::to_string(given + 1)
            + ", but there are only " + std::to_string(given) + " parameter values");
    if (m_plan.query) {
        castQuery(args);
        return;
    }
    m_values.clear();
    JsonRef at = given > 0 ? args->first() : JsonRef();
    for (int i = 0; i < m_plan.parameters; ++i, at = at.next())
        m_values.push_back(at);
    std::vector<JsonRef> row;
    for (const std::vector<ValueSource> &tuple : m_plan.rows) {
        row.clear();
        for (const ValueSource &value : tuple)
            row.push_back(value.parameter > 0
                    ? m_values[static_cast<std::size_t>(value.parameter) - 1]
                    : JsonRef(*value.literal, 0));
        castRow(row);
    }
}

/// The rows of a query go the way of all rows: through JSON.
void InsertRunner::castQuery(const std::optional<JsonRef> &args)
{
    Statement statement = m_context.database.prepare(m_plan.query->sql);
    bindArguments(statement, args, m_plan.parameters, m_texts);
    const SqlResult result = fetch(statement, m_plan.query->columns);
    const std::string &text = m_texts.emplace_back(result.rows);
    JsonTape &tape = m_tapes.emplace_back();
    tape.parse(text);
    const JsonRef rows(tape, 0);
    JsonRef row = rows.first();
    std::vector<JsonRef> values;
    for (std::uint32_t i = 0; i < rows.count(); ++i, row = row.next()) {
        values.clear();
        JsonRef value = row.first();
        for (std::uint32_t k = 0; k < row.count(); ++k, value = value.next())
            values.push_back(value);
        castRow(values);
    }
}

void InsertRunner::castRow(const std::vector<JsonRef> &values)
{
    const std::size_t width = m_table.columns.size();
    m_cells.resize(m_cells.size() + width);
    Cell *row = m_cells.data() + m_cells.size() - width;
    std::string problem;
    for (std::size_t i = 0; i < values.size() && i < m_plan.targets.size(); ++i) {
        const auto target = static_cast<std::size_t>(m_plan.targets[i]);
        const Column &column = m_table.columns[target];
        row[target] = castValue(values[i], column.type, column.name, m_arena, problem);
    }
    complete(row, problem);
    if (problem.empty())
        m_problems.emplace_back();
    else
        m_problems.push_back(refusal(problem));
}

void InsertRunner::complete(Cell *row, std::string &problem)
{
    for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
        const Column &column = m_table.columns[i];
        if (column.isGenerated())
            generate(row, i, problem);
        if (row[i].isNull() && !column.defaultText.empty()) {
            TokenStream tokens(column.defaultText);
            Translator translator(tokens, m_context.catalog, m_context.session);
            Statement value = m_context.database.prepare("SELECT " + translator.expression().sql);
            value.step();
            row[i] = value.cell(0);
            if (row[i].kind == Cell::Kind::Text)
                row[i].text = m_texts.emplace_back(row[i].text);
        }
        if (row[i].isNull() && m_table.isKey(static_cast<int>(i)))
            throw parseError("A primary key value must not be NULL");
        if (!problem.empty())
            continue;
        if (row[i].isNull() && column.notNull)
            problem = "\"" + column.name + "\" must not be null";
        else if (column.type.is(TypeKind::Text) && row[i].text.size() > MaxTermBytes)
            problem = immenseTerm(i, row[i].text);
    }
}

void InsertRunner::generate(Cell *row, std::size_t column, std::string &problem)
{
    const Column &definition = m_table.columns[column];
    const Cell &from = row[static_cast<std::size_t>(m_table.column(definition.generatedFrom))];
    if (from.isNull())
        return;
    const auto value = truncateTime(definition.generatedUnit, {}, from.integer);
    if (!row[column].isNull() && row[column].integer != value.value_or(0))
        problem = "Given value " + std::to_string(row[column].integer) + " for generated column "
            + definition.name + " does not match calculation date_trunc('" + definition.generatedUnit
            + "', " + definition.generatedFrom + ") = " + std::to_string(value.value_or(0));
    else if (value)
        row[column] = Cell::of(*value);
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
        return m_plan.conflict == InsertPlan::Conflict::Ignore ? RowOutcome{0, 0, nullptr}
                                                               : RowOutcome::failed(4091, DuplicateKey);
    }
    m_table.lastRow = std::max(m_table.lastRow, m_context.database.lastRow());
    ++m_counts.inserted;
    return {};
}

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/insert.h"
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/time_text.h"

namespace fake {

namespace {

constexpr std::size_t MaxTermBytes = 32766;

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

} // namespace fake

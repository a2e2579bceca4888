// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/ddl.h"
#include "tests/fake_cratedb/insert.h"
#include "tests/fake_cratedb/sql_error.h"

namespace fake {

namespace {

std::string list(const std::vector<std::string> &names, const char *quote)
{
    std::string out;
    for (const std::string &name : names)
        out += (out.empty() ? "" : ", ") + (quote + name + quote);
    return out;
}

void readTargets(TokenStream &tokens, InsertPlan &plan)
{
    const bool named = tokens.is("(") && !tokens.is("select", 1) && !tokens.is("with", 1);
    if (!named) {
        for (std::size_t i = 0; i < plan.table->columns.size(); ++i)
            plan.targets.push_back(static_cast<int>(i));
        return;
    }
    tokens.take();
    do {
        const std::string name = tokens.identifier();
        const int index = plan.table->column(name);
        if (index < 0)
            throw columnUnknown(name);
        plan.targets.push_back(index);
    } while (tokens.accept(","));
    tokens.expect(")");
}

/// A parameter or literal with nothing around it; anything else needs the translator.
bool readSimple(TokenStream &tokens, ValueSource &value)
{
    const bool negative = tokens.is("-") && tokens.peek(1).kind == Token::Kind::Number;
    const std::size_t after = negative ? 2 : 1;
    if (!tokens.is(",", after) && !tokens.is(")", after))
        return false;
    const Token &token = tokens.peek(after - 1);
    auto text = std::make_shared<std::string>();
    if (token.kind == Token::Kind::Parameter)
        value.parameter = token.parameter;
    else if (token.kind == Token::Kind::String)
        appendJsonString(*text, token.text);
    else if (token.kind == Token::Kind::Number)
        *text = (negative ? "-" : "") + token.text;
    else if (token.text == "null" || token.text == "true" || token.text == "false")
        *text = token.text;
    else
        return false;
    if (value.parameter == 0) {
        value.text = std::move(text);
        value.literal = std::make_shared<JsonTape>();
        value.literal->parse(*value.text);
    }
    for (std::size_t i = 0; i < after; ++i)
        tokens.take();
    return true;
}

bool readSimpleRows(TokenStream &tokens, InsertPlan &plan)
{
    do {
        if (!tokens.accept("("))
            return false;
        std::vector<ValueSource> &row = plan.rows.emplace_back();
        do {
            if (!readSimple(tokens, row.emplace_back()))
                return false;
        } while (tokens.accept(","));
        if (!tokens.accept(")"))
            return false;
        if (row.size() != plan.targets.size())
            throw parseError("Invalid number of values: Got " + std::to_string(plan.targets.size())
                + " columns but " + std::to_string(row.size()) + " values");
    } while (tokens.accept(","));
    return true;
}

Query expressionRows(TokenStream &tokens, Translator &translator)
{
    Query out;
    do {
        tokens.expect("(");
        std::string row;
        std::vector<OutputColumn> columns;
        do {
            const Expr expr = translator.expression();
            row += (row.empty() ? "SELECT " : ", ") + expr.sql;
            columns.push_back({expr.name, expr.type, false});
        } while (tokens.accept(","));
        tokens.expect(")");
        out.sql += (out.sql.empty() ? "" : " UNION ALL ") + row;
        out.columns = std::move(columns);
    } while (tokens.accept(","));
    return out;
}

void readRows(TokenStream &tokens, InsertPlan &plan, Translator &translator)
{
    if (!tokens.accept("values")) {
        plan.query = translator.query();
        return;
    }
    const std::size_t at = tokens.position();
    if (readSimpleRows(tokens, plan))
        return;
    plan.rows.clear();
    tokens.seek(at);
    plan.query = expressionRows(tokens, translator);
}

void checkConflictTarget(TokenStream &tokens, const Table &table)
{
    if (!tokens.accept("("))
        return;
    std::vector<std::string> targets;
    do {
        targets.push_back(tokens.identifier());
    } while (tokens.accept(","));
    tokens.expect(")");
    const std::vector<std::string> keys = table.keyNames();
    if (targets.size() != keys.size())
        throw parseError("Number of conflict targets ([" + list(targets, "\"")
            + "]) did not match the number of primary key columns ([" + list(keys, "") + "])");
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (table.column(targets[i]) < 0 || !table.isKey(table.column(targets[i])))
            throw parseError("Conflict target ([" + list(targets, "\"")
                + "]) did not match the primary key columns ([" + list(keys, "") + "])");
    }
}

void readConflict(TokenStream &tokens, InsertPlan &plan, Translator &translator)
{
    if (!tokens.acceptAll({"on", "conflict"}))
        return;
    checkConflictTarget(tokens, *plan.table);
    tokens.expect("do");
    if (tokens.accept("nothing")) {
        plan.conflict = InsertPlan::Conflict::Ignore;
        return;
    }
    tokens.expect("update");
    tokens.expect("set");
    plan.conflict = InsertPlan::Conflict::Update;
    translator.enterTable(*plan.table, true);
    do {
        const std::string name = tokens.identifier();
        if (plan.table->column(name) < 0)
            throw columnUnknown(name);
        tokens.expect("=");
        plan.update += (plan.update.empty() ? "" : ", ") + quoteName(name) + " = "
            + translator.expression().sql;
    } while (tokens.accept(","));
}

std::string insertSql(const InsertPlan &plan, bool discard)
{
    const Table &table = *plan.table;
    std::string names;
    std::string values;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (discard && !table.isKey(static_cast<int>(i)))
            continue;
        names += (names.empty() ? "" : ", ") + quoteName(table.columns[i].name);
        values += (values.empty() ? "?" : ", ?") + std::to_string(i + 1);
    }
    std::string sql = "INSERT INTO " + quoteName(table.fullName()) + " (" + names + ") VALUES ("
        + values + ")";
    if (plan.conflict == InsertPlan::Conflict::Update && !discard)
        sql += " ON CONFLICT (" + list(table.keyNames(), "\"") + ") DO UPDATE SET " + plan.update;
    else if (!table.primaryKey.empty())
        sql += " ON CONFLICT DO NOTHING";
    return plan.returning.empty() ? sql : sql + " RETURNING " + plan.returning;
}

} // namespace

std::shared_ptr<InsertPlan> planInsert(TokenStream &tokens, const Context &context,
    const std::optional<JsonRef> &args)
{
    auto plan = std::make_shared<InsertPlan>();
    tokens.expect("insert");
    tokens.expect("into");
    const RelationName name = parseRelation(tokens, context.session);
    context.catalog.users().checkTable(context.session.user, "DML", name.schema, name.name);
    plan->table = &context.catalog.table(name);
    plan->version = context.catalog.version();
    readTargets(tokens, *plan);
    Translator translator(tokens, context.catalog, context.session);
    translator.setArguments(args);
    readRows(tokens, *plan, translator);
    readConflict(tokens, *plan, translator);
    if (tokens.accept("returning")) {
        Translator output(tokens, context.catalog, context.session);
        output.enterTable(*plan->table, false);
        plan->returningColumns = output.outputList(plan->returning);
    }
    tokens.accept(";");
    if (!tokens.atEnd())
        tokens.fail();
    plan->parameters = tokens.parameters();
    plan->statement = context.database.prepare(insertSql(*plan, context.discard));
    return plan;
}

} // namespace fake

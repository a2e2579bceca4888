// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/engine.h"

#include "tests/fake_cratedb/ddl.h"
#include "tests/fake_cratedb/sql_error.h"

namespace fake {

namespace {

constexpr const char *StartWords
    = " expecting {<EOF>, 'SELECT', 'DEALLOCATE', 'FETCH', 'END', 'WITH', 'CREATE', 'ALTER', 'KILL', "
      "'CLOSE', 'BEGIN', 'START', 'COMMIT', 'ANALYZE', 'DISCARD', 'EXPLAIN', 'SHOW', 'OPTIMIZE', "
      "'REFRESH', 'RESTORE', 'DROP', 'INSERT', 'VALUES', 'DELETE', 'UPDATE', 'SET', 'RESET', 'COPY', "
      "'GRANT', 'DENY', 'REVOKE', 'DECLARE', ';'}";

void expectEnd(TokenStream &tokens)
{
    tokens.accept(";");
    if (!tokens.atEnd()) {
        const Token &token = tokens.peek();
        throw syntaxError("line 1:" + std::to_string(token.begin + 1) + ": mismatched input '"
            + token.raw + "' expecting <EOF>");
    }
}

SqlError bulkWithRows()
{
    return unsupported("Bulk operations for statements that return result sets is not supported");
}

} // namespace

Engine::Engine(const std::string &file, bool discard) : m_database(file), m_discard(discard)
{
    registerFunctions(m_database.handle());
    m_database.run("CREATE TABLE IF NOT EXISTS _ddl (name TEXT, statement TEXT)");
    restore();
}

std::string Engine::kindOf(const std::string &statement)
{
    const std::size_t begin = statement.find_first_not_of(" \t\r\n(");
    if (begin == std::string::npos)
        return {};
    const std::size_t end = statement.find_first_of(" \t\r\n;", begin);
    return lower(statement.substr(begin, end - begin));
}

SqlResult Engine::execute(const SqlRequest &request, const Session &session, RowFault *fault)
{
    const Context context{m_database, m_catalog, session, m_discard};
    if (kindOf(request.statement) == "insert")
        return insert(request, context, fault);
    return dispatch(request, context);
}

SqlResult Engine::insert(const SqlRequest &request, const Context &context, RowFault *fault)
{
    const std::string key = context.session.user + '\n' + context.session.defaultSchema + '\n'
        + request.statement;
    std::shared_ptr<InsertPlan> &plan = m_plans[key];
    // With an expression among the values the types of the arguments are part of the plan.
    if (!plan || plan->version != m_catalog.version() || plan->query) {
        TokenStream tokens(request.statement);
        plan = planInsert(tokens, context, request.args);
    }
    if (m_plans.size() > 1000) { // statements with literals in them are all different
        const std::shared_ptr<InsertPlan> kept = plan;
        m_plans.clear();
        return InsertRunner(context, *kept, fault, m_counts).run(request);
    }
    return InsertRunner(context, *plan, fault, m_counts).run(request);
}

SqlResult Engine::dispatch(const SqlRequest &request, const Context &context)
{
    TokenStream tokens(request.statement);
    static const std::map<std::string, Handler> Handlers = {{"select", &Engine::select},
        {"with", &Engine::select}, {"(", &Engine::select}, {"delete", &Engine::remove},
        {"update", &Engine::update}, {"refresh", &Engine::refresh}};
    if (const auto found = Handlers.find(tokens.peek().text); found != Handlers.end())
        return (this->*found->second)(tokens, context, request);
    SqlResult result;
    const Token start = tokens.peek();
    if (runDdl(tokens, context, result) || runUserStatement(tokens, context, result)) {
        expectEnd(tokens);
        return result;
    }
    const bool word = start.kind == Token::Kind::Word;
    throw syntaxError("line 1:" + std::to_string(start.begin + 1)
        + (word ? ": mismatched input '" : ": extraneous input '") + start.raw + "'" + StartWords);
}

SqlResult Engine::select(TokenStream &tokens, const Context &context, const SqlRequest &request)
{
    if (request.bulkArgs)
        throw bulkWithRows();
    Translator translator(tokens, m_catalog, context.session);
    translator.setArguments(request.args);
    const Query query = translator.query();
    expectEnd(tokens);
    Statement statement = m_database.prepare(query.sql);
    std::deque<std::string> texts;
    try {
        bindArguments(statement, request.args, tokens.parameters(), texts);
    } catch (const SqlError &error) {
        constexpr std::string_view Prefix = "SQLParseException[";
        throw parseError("Couldn't create execution plan from logical plan because of: "
            + error.text.substr(Prefix.size(), error.text.size() - Prefix.size() - 1));
    }
    return fetch(statement, query.columns);
}

SqlResult Engine::modify(const std::string &sql, const std::string &returning,
    const std::vector<OutputColumn> &columns, int parameters, const Context &context,
    const SqlRequest &request)
{
    SqlResult result;
    std::deque<std::string> texts;
    Statement statement = context.database.prepare(
        returning.empty() ? sql : sql + " RETURNING " + returning);
    const auto runOnce = [&](const std::optional<JsonRef> &args) {
        bindArguments(statement, args, parameters, texts);
        if (!returning.empty()) {
            result = fetch(statement, columns);
            return result.rowcount;
        }
        statement.step();
        statement.reset();
        return static_cast<long long>(context.database.changes());
    };
    if (!request.bulkArgs) {
        result.rowcount = runOnce(request.args);
        return result;
    }
    if (!returning.empty())
        throw bulkWithRows();
    result.bulk.emplace();
    Transaction transaction(context.database);
    JsonRef row = request.bulkArgs->first();
    for (std::uint32_t i = 0; i < request.bulkArgs->count(); ++i, row = row.next())
        result.bulk->push_back({static_cast<int>(runOnce(row)), 0, nullptr});
    transaction.commit();
    return result;
}

SqlResult Engine::remove(TokenStream &tokens, const Context &context, const SqlRequest &request)
{
    tokens.take();
    tokens.expect("from");
    const RelationName name = parseRelation(tokens, context.session);
    m_catalog.users().checkTable(context.session.user, "DML", name.schema, name.name);
    Table &table = m_catalog.table(name);
    if (table.closed || table.blocks.contains("write") || table.blocks.contains("read_only"))
        throw inaccessible(table.fullName(), "DELETE", table.closed);
    Translator translator(tokens, m_catalog, context.session);
    translator.setArguments(request.args);
    translator.enterTable(table, false);
    std::string sql = "DELETE FROM " + quoteName(table.fullName());
    bool byKey = false;
    bool whole = table.partitionColumn >= 0;
    if (tokens.accept("where"))
        sql += " WHERE " + translator.where(table, byKey, whole).sql;
    expectEnd(tokens);
    SqlResult result = modify(sql, {}, {}, tokens.parameters(), context, request);
    if (whole) {
        dropEmptyPartitions(table, context);
        result.rowcount = -1; // whole partitions go without being counted
    }
    return result;
}

void Engine::dropEmptyPartitions(Table &table, const Context &context)
{
    const std::string column
        = quoteName(table.columns[static_cast<std::size_t>(table.partitionColumn)].name);
    std::set<std::int64_t> left;
    Statement statement = context.database.prepare(
        "SELECT DISTINCT " + column + " FROM " + quoteName(table.fullName()));
    while (statement.step())
        left.insert(statement.cell(0).integer);
    std::erase_if(table.partitions, [&](const auto &entry) { return !left.contains(entry.first); });
}

SqlResult Engine::update(TokenStream &tokens, const Context &context, const SqlRequest &request)
{
    tokens.take();
    const RelationName name = parseRelation(tokens, context.session);
    m_catalog.users().checkTable(context.session.user, "DML", name.schema, name.name);
    Table &table = m_catalog.table(name);
    Translator translator(tokens, m_catalog, context.session);
    translator.setArguments(request.args);
    translator.enterTable(table, false);
    std::string sql = "UPDATE " + quoteName(table.fullName()) + " SET ";
    tokens.expect("set");
    do {
        const std::string column = tokens.identifier();
        const int index = table.column(column);
        if (index < 0)
            throw columnUnknown(column);
        tokens.expect("=");
        Expr value = translator.expression();
        const DataType &type = table.columns[static_cast<std::size_t>(index)].type;
        if (type.isTime() && !value.type.isTime())
            value = translator.cast(std::move(value), type);
        sql += (sql.ends_with("SET ") ? "" : ", ") + quoteName(column) + " = " + value.sql;
    } while (tokens.accept(","));
    bool byKey = false;
    bool partitionOnly = false;
    if (tokens.accept("where"))
        sql += " WHERE " + translator.where(table, byKey, partitionOnly).sql;
    std::string returning;
    std::vector<OutputColumn> columns;
    if (tokens.accept("returning"))
        columns = translator.outputList(returning);
    expectEnd(tokens);
    return modify(sql, returning, columns, tokens.parameters(), context, request);
}

SqlResult Engine::refresh(TokenStream &tokens, const Context &context, const SqlRequest &)
{
    tokens.take();
    tokens.expect("table");
    SqlResult result;
    do {
        const RelationName name = parseRelation(tokens, context.session);
        m_catalog.users().checkTable(context.session.user, "DQL", name.schema, name.name);
        Table &table = m_catalog.table(name);
        table.visibleRow = table.lastRow;
        ++result.rowcount;
        if (tokens.accept("partition"))
            tokens.skipBrackets();
    } while (tokens.accept(","));
    expectEnd(tokens);
    return result;
}

} // namespace fake

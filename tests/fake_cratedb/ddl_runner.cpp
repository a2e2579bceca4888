// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/ddl.h"
#include "tests/fake_cratedb/engine.h"
#include "tests/fake_cratedb/sql_error.h"

namespace fake {

namespace {

/// Kept so that a database file can be opened again.
void remember(const Context &context, const std::string &table, std::string_view statement)
{
    context.database.run("INSERT INTO _ddl VALUES (" + quoteText(table) + ", "
        + quoteText(statement) + ")");
}

void requireMaster(const Context &context)
{
    if (context.session.noMaster)
        throw SqlError(503, 5031, "MasterNotDiscoveredException[null]");
}

const Users &users(const Context &context)
{
    return context.catalog.users();
}

long long createTableStatement(TokenStream &tokens, const Context &context)
{
    const bool ifNotExists = tokens.acceptAll({"if", "not", "exists"});
    const RelationName name = parseRelation(tokens, context.session);
    users(context).checkSchema(context.session.user, "DDL", name.schema);
    Table table = parseTableDefinition(tokens, name);
    requireMaster(context);
    if (context.catalog.find(name) != nullptr) {
        if (ifNotExists)
            return 0;
        throw SqlError(409, 4093,
            "RelationAlreadyExists[Relation '" + name.full() + "' already exists.]");
    }
    createTable(context, std::move(table));
    remember(context, name.full(), tokens.sql());
    return 1;
}

long long createView(TokenStream &tokens, const Context &context)
{
    const RelationName name = parseRelation(tokens, context.session);
    users(context).checkSchema(context.session.user, "DDL", name.schema);
    tokens.expect("as");
    const std::size_t from = tokens.position();
    Translator(tokens, context.catalog, context.session).query();
    context.catalog.views()[name.full()] = tokens.between(from, tokens.position());
    return 1;
}

long long create(TokenStream &tokens, const Context &context)
{
    if (tokens.accept("table"))
        return createTableStatement(tokens, context);
    if (tokens.acceptAll({"or", "replace", "view"}) || tokens.accept("view"))
        return createView(tokens, context);
    tokens.expect("schema");
    const bool ifNotExists = tokens.acceptAll({"if", "not", "exists"});
    users(context).checkCluster(context.session.user, "DDL");
    const std::string name = tokens.identifier();
    if (ifNotExists && context.catalog.schemaExists(name))
        return 0;
    context.catalog.addSchema(name);
    return 1;
}

long long drop(TokenStream &tokens, const Context &context)
{
    const std::string what = tokens.take().text;
    const bool ifExists = tokens.acceptAll({"if", "exists"});
    if (what == "schema")
        return context.catalog.dropSchema(tokens.identifier()) ? 1 : 0;
    const RelationName name = parseRelation(tokens, context.session);
    if (what == "view")
        return static_cast<long long>(context.catalog.views().erase(name.full()));
    users(context).checkTable(context.session.user, "DDL", name.schema, name.name);
    requireMaster(context);
    const Table *table = context.catalog.find(name);
    if (table == nullptr) {
        if (ifExists)
            return 0;
        context.catalog.failUnknown(name);
    }
    if (table->blocks.contains("read_only"))
        throw inaccessible(name.full(), "DROP", false);
    context.catalog.drop(name);
    context.database.run("DROP TABLE " + quoteName(name.full()));
    context.database.run("DELETE FROM _ddl WHERE name = " + quoteText(name.full()));
    return 1;
}

void setBlocks(std::set<std::string> &blocks, const std::map<std::string, nlohmann::json> &settings)
{
    constexpr std::string_view Prefix = "blocks.";
    for (const auto &[name, value] : settings) {
        if (!name.starts_with(Prefix))
            continue;
        const std::string block = name.substr(Prefix.size());
        if (value == true || value == "true")
            blocks.insert(block);
        else
            blocks.erase(block);
    }
}

void addColumn(TokenStream &tokens, const Context &context, Table &table)
{
    tokens.accept("column");
    if (tokens.is("if"))
        tokens.fail(); // CrateDB 6.4 has no IF NOT EXISTS here
    Column column = parseColumn(tokens);
    if (table.column(column.name) >= 0)
        throw parseError("The table " + table.fullName() + " already has a column named "
            + column.name);
    context.database.run("ALTER TABLE " + quoteName(table.fullName()) + " ADD COLUMN "
        + quoteName(column.name) + " " + column.type.sqliteAffinity());
    table.columns.push_back(std::move(column));
    remember(context, table.fullName(), tokens.sql());
}

void alterPartition(TokenStream &tokens, const Context &context, Table &table)
{
    tokens.expect("(");
    tokens.identifier();
    tokens.expect("=");
    Translator translator(tokens, context.catalog, context.session);
    Expr value = translator.expression();
    tokens.expect(")");
    const auto &column = table.columns[static_cast<std::size_t>(table.partitionColumn)];
    Statement statement
        = context.database.prepare("SELECT " + translator.cast(std::move(value), column.type).sql);
    statement.step();
    tokens.expect("set");
    setBlocks(table.partitions[statement.cell(0).integer].blocks, parseSettings(tokens));
}

long long alter(TokenStream &tokens, const Context &context)
{
    tokens.expect("table");
    const RelationName name = parseRelation(tokens, context.session);
    users(context).checkTable(context.session.user, "DDL", name.schema, name.name);
    Table &table = context.catalog.table(name);
    requireMaster(context);
    if (tokens.accept("add")) {
        do {
            addColumn(tokens, context, table);
        } while (tokens.accept(",") && (tokens.accept("add") || true));
    } else if (tokens.accept("partition") && table.partitionColumn >= 0) {
        alterPartition(tokens, context, table);
    } else if (tokens.accept("set")) {
        const auto settings = parseSettings(tokens);
        setBlocks(table.blocks, settings);
        for (const auto &[key, value] : settings)
            table.settings[key] = value;
        std::erase_if(table.settings,
            [](const auto &entry) { return entry.first.starts_with("blocks."); });
    } else if (tokens.accept("close")) {
        table.closed = true;
    } else if (tokens.accept("open")) {
        table.closed = false;
    } else {
        tokens.fail();
    }
    context.catalog.changed();
    return -1;
}

void show(TokenStream &tokens, const Context &context, SqlResult &result)
{
    if (tokens.acceptAll({"create", "table"})) {
        const RelationName name = parseRelation(tokens, context.session);
        const std::string text = showCreateTable(context.catalog.table(name));
        result.columns = {{"SHOW CREATE TABLE " + name.full(), TypeKind::Text, false}};
        result.rows = "[[";
        appendJsonString(result.rows, text);
        result.rows += "]]";
    } else {
        const std::string setting = tokens.identifier();
        result.columns = {{setting, TypeKind::Text, false}};
        result.rows = setting == "statement_timeout" ? R"([["0s"]])" : R"([[""]])";
    }
    result.rowcount = 1;
}

/// SET, BEGIN and the like change nothing here.
void swallow(TokenStream &tokens)
{
    while (!tokens.atEnd() && !tokens.is(";"))
        tokens.take();
}

} // namespace

Table &createTable(const Context &context, Table table)
{
    std::string columns;
    for (const Column &column : table.columns)
        columns += (columns.empty() ? "" : ", ") + quoteName(column.name) + " "
            + column.type.sqliteAffinity();
    std::string keys;
    for (const std::string &name : table.keyNames())
        keys += (keys.empty() ? "" : ", ") + quoteName(name);
    if (!keys.empty())
        columns += ", UNIQUE (" + keys + ")";
    context.database.run("CREATE TABLE IF NOT EXISTS " + quoteName(table.fullName()) + " (" + columns
        + ")");
    return context.catalog.add(std::move(table));
}

bool runDdl(TokenStream &tokens, const Context &context, SqlResult &result)
{
    const auto next = [&](std::initializer_list<std::string_view> words) {
        for (const std::string_view word : words) {
            if (tokens.is(word, 1))
                return true;
        }
        return false;
    };
    if (tokens.is("create") && next({"table", "schema", "view", "or"})) {
        tokens.take();
        result.rowcount = create(tokens, context);
    } else if (tokens.is("drop") && next({"table", "schema", "view"})) {
        tokens.take();
        result.rowcount = drop(tokens, context);
    } else if (tokens.is("alter") && next({"table"})) {
        tokens.take();
        result.rowcount = alter(tokens, context);
    } else if (tokens.accept("show")) {
        show(tokens, context, result);
    } else if (tokens.is("set") || tokens.is("reset")) {
        if (next({"global"}))
            users(context).checkCluster(context.session.user, "AL");
        swallow(tokens);
        result.rowcount = 1;
    } else if (tokens.is("kill") || tokens.is("begin") || tokens.is("commit") || tokens.is("analyze")
        || tokens.is("optimize")) {
        result.rowcount = tokens.is("optimize") ? 1 : 0;
        swallow(tokens);
    } else {
        return false;
    }
    return true;
}

} // namespace fake

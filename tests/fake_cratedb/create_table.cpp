// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/ddl.h"
#include "tests/fake_cratedb/sql_error.h"

#include <algorithm>

namespace fake {

namespace {

/// What is named before all columns are known.
struct Clauses
{
    std::vector<std::string> primaryKey;
    std::string partitionedBy;
};

void parseGenerated(TokenStream &tokens, Column &column)
{
    tokens.expect("as");
    const bool bracket = tokens.accept("(");
    tokens.expect("date_trunc");
    tokens.expect("(");
    column.generatedUnit = tokens.take().text;
    tokens.expect(",");
    column.generatedFrom = tokens.identifier();
    tokens.expect(")");
    if (bracket)
        tokens.expect(")");
}

void parseDefault(TokenStream &tokens, Column &column)
{
    const std::size_t from = tokens.position();
    tokens.take();
    if (tokens.is("("))
        tokens.skipBrackets();
    column.defaultText = tokens.between(from, tokens.position());
}

bool parseConstraint(TokenStream &tokens, Column &column)
{
    if (tokens.acceptAll({"not", "null"}))
        column.notNull = true;
    else if (tokens.acceptAll({"generated", "always"}))
        parseGenerated(tokens, column);
    else if (tokens.accept("default"))
        parseDefault(tokens, column);
    else if (tokens.acceptAll({"index", "off"}) || tokens.accept("null"))
        return true;
    else if (tokens.acceptAll({"storage", "with"}) || tokens.accept("check"))
        tokens.skipBrackets();
    else if (tokens.accept("constraint"))
        tokens.identifier();
    else
        return false;
    return true;
}

std::vector<std::string> parseNames(TokenStream &tokens)
{
    std::vector<std::string> names;
    tokens.expect("(");
    do {
        names.push_back(tokens.identifier());
    } while (tokens.accept(","));
    tokens.expect(")");
    return names;
}

void parseElement(TokenStream &tokens, Table &table, Clauses &clauses)
{
    if (tokens.acceptAll({"primary", "key"})) {
        clauses.primaryKey = parseNames(tokens);
        return;
    }
    if (tokens.is("constraint")) {
        tokens.take();
        tokens.identifier();
    }
    if (tokens.is("check") && tokens.is("(", 1)) {
        tokens.take();
        tokens.skipBrackets();
        return;
    }
    if (tokens.acceptAll({"primary", "key"})) {
        clauses.primaryKey = parseNames(tokens);
        return;
    }
    Column column = parseColumn(tokens);
    if (tokens.acceptAll({"primary", "key"})) {
        clauses.primaryKey.push_back(column.name);
        while (parseConstraint(tokens, column)) { }
    }
    table.columns.push_back(std::move(column));
}

void parseTail(TokenStream &tokens, Table &table, Clauses &clauses)
{
    while (!tokens.atEnd() && !tokens.is(";")) {
        if (tokens.accept("clustered")) {
            if (tokens.accept("by"))
                table.clusteredBy = parseNames(tokens).at(0);
            if (tokens.accept("into")) {
                table.shards = static_cast<int>(tokens.integer());
                tokens.expect("shards");
            }
        } else if (tokens.acceptAll({"partitioned", "by"})) {
            clauses.partitionedBy = parseNames(tokens).at(0);
        } else if (tokens.accept("with")) {
            table.settings = parseSettings(tokens);
        } else {
            tokens.fail();
        }
    }
}

std::string list(const std::vector<std::string> &names)
{
    std::string out;
    for (const std::string &name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out;
}

int requireColumn(const Table &table, const std::string &name)
{
    const int index = table.column(name);
    if (index < 0)
        throw columnUnknown(name);
    return index;
}

void check(Table &table, const Clauses &clauses)
{
    const auto &keys = clauses.primaryKey;
    const auto inKey = [&](const std::string &name) {
        return std::find(keys.begin(), keys.end(), name) != keys.end();
    };
    for (const std::string &name : keys)
        table.primaryKey.push_back(requireColumn(table, name));
    if (!clauses.partitionedBy.empty()) {
        const std::string &name = clauses.partitionedBy;
        table.partitionColumn = requireColumn(table, name);
        if (!keys.empty() && !inKey(name))
            throw parseError("Cannot use non primary key column '" + name
                + "' in PARTITIONED BY clause if primary key is set on table");
        if (table.clusteredBy == name)
            throw parseError("Cannot use CLUSTERED BY column `" + name
                + "` in PARTITIONED BY clause");
        const DataType &type = table.columns[static_cast<std::size_t>(table.partitionColumn)].type;
        if (!type.isTime() && !type.isInteger())
            throw unsupported("the stand-in partitions by times and integers only");
    }
    if (table.clusteredBy != "_id" && !keys.empty() && !inKey(table.clusteredBy))
        throw parseError("Clustered by column `" + table.clusteredBy
            + "` must be part of primary keys: [" + list(keys) + "]");
    if (table.clusteredBy == "_id" && keys.size() == 1)
        table.clusteredBy = keys[0];
    for (const Column &column : table.columns) {
        if (column.isGenerated())
            requireColumn(table, column.generatedFrom);
    }
    for (const int index : table.primaryKey)
        table.columns[static_cast<std::size_t>(index)].notNull = true;
}

nlohmann::json parseSettingValue(TokenStream &tokens)
{
    const bool negative = tokens.accept("-");
    const Token token = tokens.take();
    if (token.kind == Token::Kind::Number)
        return (negative ? -1 : 1) * nlohmann::json::parse(token.text).get<long long>();
    if (token.kind == Token::Kind::Word && (token.text == "true" || token.text == "false"))
        return token.text == "true";
    return token.text;
}

} // namespace

RelationName parseRelation(TokenStream &tokens, const Session &session)
{
    std::string name = tokens.identifier();
    if (!tokens.accept("."))
        return {session.defaultSchema, std::move(name)};
    return {std::move(name), tokens.identifier()};
}

Column parseColumn(TokenStream &tokens)
{
    Column column;
    column.name = tokens.identifier();
    if (tokens.is("generated"))
        column.type = TypeKind::Timestamp;
    else
        column.type = parseType(tokens);
    while (parseConstraint(tokens, column)) { }
    return column;
}

Table parseTableDefinition(TokenStream &tokens, const RelationName &name)
{
    Table table;
    table.schema = name.schema;
    table.name = name.name;
    Clauses clauses;
    tokens.expect("(");
    do {
        parseElement(tokens, table, clauses);
    } while (tokens.accept(","));
    tokens.expect(")");
    parseTail(tokens, table, clauses);
    check(table, clauses);
    return table;
}

std::map<std::string, nlohmann::json> parseSettings(TokenStream &tokens)
{
    std::map<std::string, nlohmann::json> settings;
    tokens.expect("(");
    do {
        std::string name = tokens.identifier();
        while (tokens.accept("."))
            name += "." + tokens.identifier();
        tokens.expect("=");
        settings[name] = parseSettingValue(tokens);
    } while (tokens.accept(","));
    tokens.expect(")");
    return settings;
}

std::string showCreateTable(const Table &table)
{
    std::string out = "CREATE TABLE IF NOT EXISTS \"" + table.schema + "\".\"" + table.name
        + "\" (\n";
    for (const Column &column : table.columns) {
        out += "   \"" + column.name + "\" " + column.type.definition(3);
        if (column.isGenerated())
            out += " GENERATED ALWAYS AS date_trunc('" + column.generatedUnit + "', \""
                + column.generatedFrom + "\")";
        out += column.notNull ? " NOT NULL,\n" : ",\n";
    }
    std::string keys;
    for (const std::string &name : table.keyNames())
        keys += (keys.empty() ? "\"" : ", \"") + name + "\"";
    if (keys.empty())
        out.erase(out.size() - 2, 1);
    else
        out += "   PRIMARY KEY (" + keys + ")\n";
    out += ")\nCLUSTERED ";
    if (table.clusteredBy != "_id" && table.keyNames().size() != 1)
        out += "BY (\"" + table.clusteredBy + "\") ";
    out += "INTO " + std::to_string(table.shards) + " SHARDS\n";
    if (table.partitionColumn >= 0)
        out += "PARTITIONED BY (\""
            + table.columns[static_cast<std::size_t>(table.partitionColumn)].name + "\")\n";
    auto settings = table.settings;
    settings.emplace("column_policy", "strict");
    settings.emplace("number_of_replicas", table.replicas());
    out += "WITH (";
    for (auto at = settings.begin(); at != settings.end(); ++at) {
        out += (at == settings.begin() ? "\n   " : ",\n   ")
            + (at->first.find('.') == std::string::npos ? at->first : '"' + at->first + '"') + " = "
            + (at->second.is_string() ? "'" + at->second.get<std::string>() + "'"
                                      : at->second.dump());
    }
    return out + "\n)";
}

} // namespace fake

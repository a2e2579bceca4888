// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/database.h"
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/translator.h"

#include <algorithm>

namespace fake {

namespace {

/// SQLite could be asked for all rows of a table when none is hidden, which it does faster.
std::string tableSql(const Table &table, bool all)
{
    const std::string name = quoteName(table.fullName());
    if (all || table.visibleRow >= table.lastRow)
        return name;
    return "(SELECT * FROM " + name + " WHERE rowid <= " + std::to_string(table.visibleRow) + ")";
}

} // namespace

Translator::Translator(TokenStream &tokens, Catalog &catalog, const Session &session)
    : m_tokens(tokens), m_catalog(catalog), m_session(session)
{
}

Query Translator::query()
{
    if (m_tokens.accept("with"))
        withClause();
    Query first = select();
    while (m_tokens.is("union")) {
        m_tokens.take();
        const bool all = m_tokens.accept("all");
        first.sql += (all ? " UNION ALL " : " UNION ") + select().sql;
    }
    return first;
}

void Translator::withClause()
{
    do {
        const std::string name = m_tokens.identifier();
        std::vector<std::string> names;
        if (m_tokens.accept("(")) {
            do {
                names.push_back(m_tokens.identifier());
            } while (m_tokens.accept(","));
            m_tokens.expect(")");
        }
        m_tokens.expect("as");
        m_tokens.expect("(");
        Query inner = query();
        m_tokens.expect(")");
        for (std::size_t i = 0; i < names.size() && i < inner.columns.size(); ++i) {
            inner.sql = "SELECT * FROM (" + inner.sql + ")";
            inner.columns[i].name = names[i];
        }
        m_common[name] = std::move(inner);
    } while (m_tokens.accept(","));
}

std::size_t Translator::findFrom() const
{
    int depth = 0;
    for (std::size_t ahead = 0;; ++ahead) {
        const Token &token = m_tokens.peek(ahead);
        if (token.kind == Token::Kind::End)
            return 0;
        if (token.kind == Token::Kind::Symbol) {
            if (token.text == "(" || token.text == "[" || token.text == "{")
                ++depth;
            else if ((token.text == ")" || token.text == "]" || token.text == "}") && --depth < 0)
                return 0;
        }
        if (depth > 0 || token.kind != Token::Kind::Word)
            continue;
        // "IS DISTINCT FROM" is the one FROM that is none.
        if (token.text == "from" && !(ahead > 0 && m_tokens.is("distinct", ahead - 1)))
            return ahead;
        if (token.text == "union")
            return 0;
    }
}

Query Translator::select()
{
    if (m_tokens.accept("(")) {
        Query inner = query();
        m_tokens.expect(")");
        return inner;
    }
    m_tokens.expect("select");
    m_scopes.emplace_back();
    const bool distinct = m_tokens.accept("distinct");
    const std::size_t listAt = m_tokens.position();
    std::size_t afterFrom = 0;
    if (const std::size_t from = findFrom()) {
        m_tokens.seek(listAt + from + 1);
        fromClause();
        afterFrom = m_tokens.position();
        m_tokens.seek(listAt);
    }
    Query out;
    std::string list;
    do {
        selectItem(list);
    } while (m_tokens.accept(","));
    if (afterFrom > 0) {
        if (!m_tokens.is("from"))
            m_tokens.fail();
        m_tokens.seek(afterFrom);
    }
    Scope &scope = m_scopes.back();
    out.columns = scope.outputs;
    scope.anyOr = false;
    scope.equalColumns.clear();
    std::string where;
    if (m_tokens.accept("where"))
        where = " WHERE " + expression().sql;
    const bool single = scope.sources.size() == 1 && scope.sources[0].table != nullptr;
    const bool byKey = single && !where.empty() && keyGiven(*m_scopes.back().sources[0].table);
    where += tail();
    out.sql = std::string("SELECT ") + (distinct ? "DISTINCT " : "") + list + fromSql(byKey) + where;
    m_scopes.pop_back();
    return out;
}

std::string Translator::tail()
{
    std::string out;
    if (m_tokens.acceptAll({"group", "by"})) {
        out += " GROUP BY ";
        do {
            const bool number = m_tokens.peek().kind == Token::Kind::Number;
            const Expr key = expression();
            out += (out.ends_with("BY ") ? "" : ", ") + (number ? key.name : key.sql);
        } while (m_tokens.accept(","));
    }
    if (m_tokens.accept("having"))
        out += " HAVING " + expression().sql;
    if (m_tokens.acceptAll({"order", "by"}))
        out += " ORDER BY " + orderList();
    std::string limit;
    std::string offset;
    while (m_tokens.is("limit") || m_tokens.is("offset")) {
        const bool isLimit = m_tokens.take().text == "limit";
        (isLimit ? limit : offset) = m_tokens.accept("all") ? "-1" : expression().sql;
    }
    if (!limit.empty() || !offset.empty())
        out += " LIMIT " + (limit.empty() ? "-1" : limit);
    return offset.empty() ? out : out + " OFFSET " + offset;
}

bool Translator::isReserved(const std::string &word) const
{
    static const std::set<std::string> Reserved = {"from", "where", "group", "order", "limit",
        "offset", "having", "union", "on", "join", "left", "right", "inner", "full", "cross", "as",
        "using", "set", "returning", "and", "or", "not", "is", "in", "like", "between", "window"};
    return Reserved.contains(word);
}

std::string Translator::aliasHere()
{
    if (m_tokens.accept("as"))
        return m_tokens.identifier();
    const Token &token = m_tokens.peek();
    if (token.kind == Token::Kind::Quoted
        || (token.kind == Token::Kind::Word && !isReserved(token.text)))
        return m_tokens.take().text;
    return {};
}

void Translator::selectItem(std::string &sql)
{
    if (m_tokens.accept("*")) {
        star({}, sql);
        return;
    }
    if (m_tokens.is(".", 1) && m_tokens.is("*", 2)) {
        const std::string qualifier = m_tokens.identifier();
        m_tokens.take();
        m_tokens.take();
        star(qualifier, sql);
        return;
    }
    const Expr item = expression();
    const std::string alias = aliasHere();
    const std::string name = alias.empty() ? item.name : alias;
    const bool json = item.type.is(TypeKind::Undefined) && !item.json.empty()
        && item.json != item.sql;
    sql += (sql.empty() ? "" : ", ") + (json ? item.json : item.sql) + " AS " + quoteName(name);
    m_scopes.back().outputs.push_back({name, item.type, json});
}

void Translator::star(const std::string &qualifier, std::string &sql)
{
    Scope &scope = m_scopes.back();
    for (const Source &source : scope.sources) {
        if (!qualifier.empty() && source.alias != qualifier)
            continue;
        for (const OutputColumn &column : source.columns) {
            sql += (sql.empty() ? "" : ", ") + quoteName(source.alias) + "." + quoteName(column.name);
            scope.outputs.push_back(column);
        }
    }
}

bool Translator::keyGiven(const Table &table) const
{
    const Scope &scope = m_scopes.back();
    const auto &equal = scope.equalColumns;
    const std::vector<std::string> keys = table.keyNames();
    return !keys.empty() && !scope.anyOr
        && std::all_of(keys.begin(), keys.end(), [&](const std::string &key) {
               return std::find(equal.begin(), equal.end(), key) != equal.end();
           });
}

std::string Translator::fromSql(bool byKey)
{
    const bool all = byKey || m_catalog.alwaysVisible();
    std::string out;
    for (const Source &source : m_scopes.back().sources) {
        out += (out.empty() ? " FROM " : source.connector);
        out += source.table != nullptr ? tableSql(*source.table, all) : source.sql;
        out += " AS " + quoteName(source.alias) + source.condition;
    }
    if (!m_scopes.back().series.empty())
        out += (out.empty() ? " FROM " : ", ") + seriesSql();
    return out;
}

/// Several go side by side, those that are shorter with nulls at their ends.
std::string Translator::seriesSql() const
{
    const auto &series = m_scopes.back().series;
    if (series.size() == 1)
        return "json_each(" + series[0].array + ") AS " + series[0].alias;
    std::string lengths = "0";
    std::string joins;
    const std::string index = series[0].alias + "_index";
    for (const auto &[array, alias] : series) {
        lengths += ", coalesce(json_array_length(" + array + "), 0)";
        joins += " LEFT JOIN json_each(" + array + ") AS " + alias + " ON " + alias + ".key = " + index
            + ".value";
    }
    return "json_each(crate_series(0, max(" + lengths + ") - 1, 1)) AS " + index + joins;
}

void Translator::enterTable(Table &table, bool excluded)
{
    m_scopes.emplace_back();
    Source source;
    source.alias = table.fullName();
    source.table = &table;
    for (const Column &column : table.columns)
        source.columns.push_back({column.name, column.type, false});
    source.columns.push_back({"_seq_no", TypeKind::Bigint, false});
    m_scopes.back().sources.push_back(source);
    if (excluded) {
        source.alias = "excluded";
        source.table = nullptr;
        m_scopes.back().sources.push_back(source);
    }
}

Expr Translator::where(const Table &table, bool &byKey, bool &partitionOnly)
{
    Scope &scope = m_scopes.back();
    scope.usedColumns.clear();
    scope.equalColumns.clear();
    scope.anyOr = false;
    Expr out = expression();
    byKey = keyGiven(table);
    const auto &used = m_scopes.back().usedColumns;
    partitionOnly = table.partitionColumn >= 0
        && std::all_of(used.begin(), used.end(), [&](const std::string &name) {
               return table.column(name) == table.partitionColumn;
           });
    return out;
}

std::vector<OutputColumn> Translator::outputList(std::string &sql)
{
    do {
        selectItem(sql);
    } while (m_tokens.accept(","));
    return m_scopes.back().outputs;
}

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/database.h"
#include "tests/fake_cratedb/ddl.h"
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/system_tables.h"
#include "tests/fake_cratedb/translator.h"

namespace fake {

void Translator::fromClause()
{
    m_scopes.back().sources.push_back(source());
    for (;;) {
        std::string connector;
        if (m_tokens.accept(",") || m_tokens.acceptAll({"cross", "join"}))
            connector = ", ";
        else if (m_tokens.accept("join") || m_tokens.acceptAll({"inner", "join"}))
            connector = " JOIN ";
        else if (m_tokens.acceptAll({"left", "join"})
            || m_tokens.acceptAll({"left", "outer", "join"}))
            connector = " LEFT JOIN ";
        else if (m_tokens.acceptAll({"full", "join"})
            || m_tokens.acceptAll({"full", "outer", "join"}))
            connector = " FULL JOIN ";
        else
            return;
        Source next = source();
        next.connector = connector;
        m_scopes.back().sources.push_back(std::move(next));
        if (m_tokens.accept("on")) {
            const std::string condition = " ON " + expression().sql;
            m_scopes.back().sources.back().condition = condition;
        } else if (m_tokens.accept("using")) {
            const std::size_t from = m_tokens.position();
            m_tokens.skipBrackets();
            m_scopes.back().sources.back().condition
                = " USING " + std::string(m_tokens.between(from, m_tokens.position()));
        }
    }
}

Source Translator::source()
{
    Source out;
    if (m_tokens.accept("(")) {
        out = derived(query(), "derived" + std::to_string(++m_counter));
        m_tokens.expect(")");
    } else if (m_tokens.is("(", 1)) {
        const std::string name = m_tokens.take().text;
        out = tableFunction(name);
    } else {
        out = relation();
    }
    applyAlias(out);
    return out;
}

void Translator::applyAlias(Source &source)
{
    const std::string alias = aliasHere();
    if (alias.empty())
        return;
    source.alias = alias;
    if (source.table == nullptr && source.columns.size() == 1 && !m_tokens.is("("))
        source.columns[0].name = source.sql.starts_with("(SELECT value AS") ? alias
                                                                           : source.columns[0].name;
    std::vector<std::string> names;
    if (m_tokens.accept("(")) {
        do {
            names.push_back(m_tokens.identifier());
        } while (m_tokens.accept(","));
        m_tokens.expect(")");
    }
    std::string list;
    for (std::size_t i = 0; i < source.columns.size(); ++i) {
        if (i < names.size())
            source.columns[i].name = names[i];
        list += (i == 0 ? "" : ", ") + quoteName(source.columns[i].name);
    }
    // SQLite takes no names after an alias; a common table expression gives them.
    if (source.table == nullptr)
        source.sql = "(WITH named(" + list + ") AS (SELECT * FROM " + source.sql
            + ") SELECT * FROM named)";
}

Source Translator::derived(const Query &query, const std::string &alias)
{
    Source out;
    out.alias = alias;
    out.columns = query.columns;
    out.sql = "(" + query.sql + ")";
    return out;
}

Source Translator::tableFunction(const std::string &name)
{
    m_tokens.expect("(");
    std::vector<Expr> arguments;
    while (!m_tokens.accept(")")) {
        arguments.push_back(expression());
        m_tokens.accept(",");
    }
    Source out;
    out.alias = name;
    if (name == "generate_series" && arguments.size() >= 2) {
        out.sql = "(SELECT value AS " + name + " FROM json_each(crate_series(" + arguments[0].sql
            + ", " + arguments[1].sql + ", " + (arguments.size() > 2 ? arguments[2].sql : "1")
            + ")))";
        out.columns = {{name, arguments[0].type, false}};
        return out;
    }
    if (name != "unnest" || arguments.empty())
        throw SqlError(400, 4004, "UnsupportedFunctionException[Unknown function: " + name + "()]");
    std::string list;
    std::string from;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string number = std::to_string(i);
        const std::string column = arguments.size() == 1 ? name : "col" + std::to_string(i + 1);
        list += (i == 0 ? "value AS " : ", u" + number + ".value AS ") + column;
        from += (i == 0 ? "" : " LEFT JOIN ") + ("json_each(" + arguments[i].sql + ") AS u" + number);
        if (i > 0)
            from += " ON u" + number + ".key = u0.key";
        const DataType &type = arguments[i].type;
        out.columns.push_back({column, type.is(TypeKind::Array) ? *type.element : DataType(), false});
    }
    if (arguments.size() > 1)
        list = "u0." + list;
    out.sql = "(SELECT " + list + " FROM " + from + ")";
    return out;
}

Source Translator::relation()
{
    const bool qualified = m_tokens.is(".", 1);
    const RelationName name = parseRelation(m_tokens, m_session);
    if (!qualified && m_common.contains(name.name)) {
        Source out = derived(m_common[name.name], name.name);
        // Later columns are found by name, so those that WITH renamed need their names.
        std::string list;
        for (const OutputColumn &column : out.columns)
            list += (list.empty() ? "" : ", ") + quoteName(column.name);
        out.sql = "(WITH named(" + list + ") AS " + out.sql + " SELECT * FROM named)";
        return out;
    }
    m_catalog.users().checkTable(m_session.user, "DQL", name.schema, name.name);
    if (const auto view = m_catalog.views().find(name.full()); view != m_catalog.views().end()) {
        TokenStream inner(view->second);
        return derived(Translator(inner, m_catalog, m_session).query(), name.name);
    }
    if (Table *table = m_catalog.find(name)) {
        if (table->closed)
            throw inaccessible(name.full(), "READ", true);
        Source out;
        out.alias = name.name;
        out.table = table;
        for (const Column &column : table->columns)
            out.columns.push_back({column.name, column.type, false});
        return out;
    }
    const auto system = systemTable(m_catalog, m_session, name);
    if (!system)
        m_catalog.failUnknown(name);
    return derived(*system, name.name);
}

} // namespace fake

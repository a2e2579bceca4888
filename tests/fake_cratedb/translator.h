// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/catalog.h"
#include "tests/fake_cratedb/json_tape.h"
#include "tests/fake_cratedb/lexer.h"

#include <deque>

struct sqlite3;

namespace fake {

/// An expression in SQLite's words.
struct Expr
{
    std::string sql;
    std::string name; ///< the column's title when there is no alias
    DataType type;
    std::string json;                   ///< another way of saying it, whose result is JSON text
    std::optional<std::string> literal; ///< the text of a string literal
    std::string keyColumn;              ///< the column's name, when it is just a column
};

struct OutputColumn
{
    std::string name;
    DataType type;
    bool isJson = false; ///< SQLite's value is JSON text whatever the type
};

struct Query
{
    std::string sql;
    std::vector<OutputColumn> columns;
};

/// Where column names come from: one entry of FROM.
struct Source
{
    std::string alias; ///< as SQLite is told
    std::string schema;
    Table *table = nullptr; ///< null for anything that is not a plain table
    std::vector<OutputColumn> columns;
    std::string sql;       ///< what stands in SQLite's FROM; of a table, filled in at the end
    std::string connector; ///< " JOIN " and the like, before it
    std::string condition; ///< " ON …", after it
};

/// Turns CrateDB's SQL into SQLite's while reading it. One per statement. FROM is read before the
/// select list, because what a name means (and its type) is known only then.
class Translator
{
public:
    Translator(TokenStream &tokens, Catalog &catalog, const Session &session);

    /// The types of parameters are those of the values given, where there are any.
    void setArguments(const std::optional<JsonRef> &arguments) { m_arguments = arguments; }
    /// SELECT … or VALUES or WITH …, up to where it ends.
    Query query();
    Expr expression();
    Expr cast(Expr value, const DataType &type);
    /// Opens a scope with the rows of `table`; `excluded` also knows the row of an upsert.
    void enterTable(Table &table, bool excluded);
    /// After the word WHERE; says whether all key columns are given.
    Expr where(const Table &table, bool &byKey, bool &partitionOnly);
    std::vector<OutputColumn> outputList(std::string &sql);

private:
    struct Scope
    {
        std::vector<Source> sources;
        std::vector<OutputColumn> outputs; ///< aliases that GROUP BY and ORDER BY may use
        struct Series
        {
            std::string array, alias;
        };
        std::vector<Series> series; ///< of unnest() in the select list
        std::vector<std::string> equalColumns;
        std::vector<std::string> usedColumns;
        bool anyOr = false;
    };

    // expressions, loosest first
    Expr conjunction(bool orLevel);
    Expr negation();
    Expr comparison();
    Expr predicate(Expr left, bool &matched);
    Expr inList(Expr left, bool negated);
    Expr anyOf(Expr left, const std::string &op);
    Expr like(Expr left, bool negated, bool ignoreCase);
    Expr between(Expr left, bool negated);
    Expr concatenation();
    Expr sum();
    Expr product();
    Expr unary();
    Expr postfix();
    Expr subscript(Expr base);
    Expr primary();
    Expr wordPrimary();
    Expr literalOrParameter();
    DataType argumentType(int parameter) const;
    Expr bracketed();
    Expr arrayLiteral();
    Expr objectLiteral();
    Expr caseExpression();
    Expr interval();
    Expr extract();
    Expr columnReference();
    Expr binary(Expr left, const std::string &op, Expr right);
    Expr compared(Expr left, const std::string &op, Expr right);

    // functions
    Expr function(const std::string &name);
    Expr call(const std::string &name, std::vector<Expr> arguments, const std::string &modifier);
    Expr seriesInList(const std::string &name, std::vector<Expr> arguments);
    std::string filterAndWindow();
    std::string orderList();

    // queries
    Query select();
    void fromClause();
    Source source();
    Source relation();
    Source tableFunction(const std::string &name);
    Source derived(const Query &query, const std::string &alias);
    void applyAlias(Source &source);
    void selectItem(std::string &sql);
    void star(const std::string &qualifier, std::string &sql);
    std::string tail();
    std::string fromSql(bool byKey);
    std::string seriesSql() const;
    bool keyGiven(const Table &table) const;
    std::size_t findFrom() const;
    void withClause();
    std::string aliasHere();
    bool isReserved(const std::string &word) const;

    TokenStream &m_tokens;
    Catalog &m_catalog;
    const Session &m_session;
    std::deque<Scope> m_scopes; ///< a deque: a reference to one outlives those within it
    std::map<std::string, Query> m_common; ///< of WITH
    std::optional<JsonRef> m_arguments;
    int m_counter = 0;
};

/// Registers what SQLite lacks: date_trunc, casts that complain, percentile, …
void registerFunctions(sqlite3 *connection);

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/database.h"
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/translator.h"

namespace fake {

Expr Translator::postfix()
{
    Expr expr = primary();
    for (;;) {
        if (m_tokens.accept("::")) {
            expr = cast(std::move(expr), parseType(m_tokens));
        } else if (m_tokens.is("[")) {
            expr = subscript(std::move(expr));
        } else if (m_tokens.acceptAll({"at", "time", "zone"})) {
            const Expr zone = primary();
            expr = call("timezone", {zone, std::move(expr)}, {});
        } else {
            return expr;
        }
    }
}

Expr Translator::subscript(Expr base)
{
    m_tokens.expect("[");
    Expr out;
    if (m_tokens.peek().kind != Token::Kind::String) {
        const Expr index = expression();
        m_tokens.expect("]");
        out.sql = "json_extract(" + base.sql + ", '$[' || (" + index.sql + " - 1) || ']')";
        out.name = base.name + "[" + index.name + "]";
        if (base.type.is(TypeKind::Array))
            out.type = *base.type.element;
        return out;
    }
    const std::string key = m_tokens.take().text;
    m_tokens.expect("]");
    out.name = base.name + "['" + key + "']";
    const bool array = base.type.is(TypeKind::Array);
    const DataType &holder = array ? *base.type.element : base.type;
    if (const DataType *member = holder.member(key))
        out.type = *member;
    else if (holder.is(TypeKind::Object) && holder.policy == ObjectPolicy::Strict)
        throw columnUnknown(out.name);
    if (array) {
        out.sql = "crate_pluck(" + base.sql + ", " + quoteText(key) + ")";
        out.type = DataType::arrayOf(out.type);
        return out;
    }
    const std::string path = quoteText("$.\"" + key + "\"");
    out.sql = "json_extract(" + base.sql + ", " + path + ")";
    out.json = "(" + base.sql + " -> " + path + ")";
    return out;
}

Expr Translator::cast(Expr value, const DataType &type)
{
    Expr out;
    out.name = "CAST(" + value.name + " AS " + type.name() + ")";
    out.type = type;
    const std::string &sql = value.sql;
    if (type.is(TypeKind::Text))
        out.sql = value.type.is(TypeKind::Boolean)
            ? "(CASE WHEN " + sql + " THEN 'true' WHEN NOT " + sql + " THEN 'false' END)"
            : "CAST(" + sql + " AS TEXT)";
    else if (type.is(TypeKind::Date))
        out.sql = "crate_date_trunc('day', '', crate_time(" + sql + "))";
    else if (type.isTime())
        out.sql = "crate_time(" + sql + ")";
    else if (type.isInteger() || type.isFloating() || type.is(TypeKind::Boolean))
        out.sql = "crate_cast(" + quoteText(type.name()) + ", " + sql + ")";
    else if (type.is(TypeKind::Numeric) && type.scale >= 0)
        out.sql = "round(" + sql + ", " + std::to_string(type.scale) + ")";
    else if (type.is(TypeKind::Interval))
        out.sql = "crate_interval(" + sql + ")";
    else
        out.sql = sql;
    return out;
}

Expr Translator::primary()
{
    const Token &token = m_tokens.peek();
    switch (token.kind) {
    case Token::Kind::String:
    case Token::Kind::Number:
    case Token::Kind::Parameter:
        return literalOrParameter();
    case Token::Kind::Quoted:
        return columnReference();
    case Token::Kind::Word:
        return wordPrimary();
    default:
        break;
    }
    if (m_tokens.is("("))
        return bracketed();
    if (m_tokens.is("["))
        return arrayLiteral();
    if (m_tokens.is("{"))
        return objectLiteral();
    m_tokens.fail();
}

Expr Translator::bracketed()
{
    m_tokens.expect("(");
    Expr out;
    if (m_tokens.is("select") || m_tokens.is("with")) {
        const Query inner = query();
        out.sql = "(" + inner.sql + ")";
        out.name = inner.columns.at(0).name;
        out.type = inner.columns.at(0).type;
    } else {
        out = expression();
        out.sql = "(" + out.sql + ")";
    }
    m_tokens.expect(")");
    return out;
}

Expr Translator::wordPrimary()
{
    const std::string word = m_tokens.peek().text;
    if (word == "null" || word == "true" || word == "false") {
        const Token token = m_tokens.take();
        const TypeKind kind = word == "null" ? TypeKind::Undefined : TypeKind::Boolean;
        return {word, token.raw, kind, {}, {}, {}};
    }
    if (word == "case")
        return caseExpression();
    if (word == "interval" && m_tokens.peek(1).kind == Token::Kind::String)
        return interval();
    const bool typed = word == "timestamp" || word == "date" || word == "timestamptz";
    if (typed && m_tokens.peek(1).kind == Token::Kind::String) {
        m_tokens.take();
        return cast(literalOrParameter(), word == "date" ? TypeKind::Date : TypeKind::Timestamp);
    }
    if (word == "exists" && m_tokens.is("(", 1)) {
        m_tokens.take();
        Expr inner = bracketed();
        return {"(EXISTS " + inner.sql + ")", "exists", TypeKind::Boolean, {}, {}, {}};
    }
    static const std::set<std::string> Bare = {"current_timestamp", "current_user", "session_user",
        "user", "current_date", "current_schema"};
    if (m_tokens.is("(", 1) || (Bare.contains(word) && !m_tokens.is(".", 1))) {
        m_tokens.take();
        return function(word);
    }
    return columnReference();
}

Expr Translator::columnReference()
{
    std::vector<std::string> path{m_tokens.identifier()};
    while (m_tokens.accept("."))
        path.push_back(m_tokens.identifier());
    const std::string column = path.back();
    const std::string qualifier = path.size() > 1 ? path[path.size() - 2] : "";
    for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend(); ++scope) {
        for (const Source &source : scope->sources) {
            if (!qualifier.empty() && source.alias != qualifier
                && (source.table == nullptr || source.table->name != qualifier))
                continue;
            for (const OutputColumn &candidate : source.columns) {
                if (candidate.name != column)
                    continue;
                scope->usedColumns.push_back(column);
                const bool hidden = column == "_seq_no" && source.table != nullptr;
                const std::string sql
                    = hidden ? "rowid" : quoteName(source.alias) + "." + quoteName(column);
                return {sql, column, candidate.type, candidate.isJson ? sql : "", {}, column};
            }
        }
        for (const OutputColumn &alias : scope->outputs) {
            if (qualifier.empty() && alias.name == column)
                return {quoteName(column), column, alias.type, {}, {}, {}};
        }
    }
    std::string written = path[0];
    for (std::size_t i = 1; i < path.size(); ++i)
        written += "." + path[i];
    throw columnUnknown(written);
}

} // namespace fake

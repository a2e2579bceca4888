// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/database.h"
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/time_text.h"
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

Expr Translator::literalOrParameter()
{
    const Token token = m_tokens.take();
    Expr out;
    out.name = token.raw;
    if (token.kind == Token::Kind::String) {
        out.sql = quoteText(token.text);
        out.type = TypeKind::Text;
        out.literal = token.text;
    } else if (token.kind == Token::Kind::Number) {
        out.sql = token.text;
        const bool real = token.text.find_first_of(".eE") != std::string::npos;
        out.type = real ? TypeKind::Double
            : token.text.size() < 10 ? TypeKind::Integer
                                     : TypeKind::Bigint;
    } else {
        out.sql = "?" + std::to_string(token.parameter);
        out.name = "$" + std::to_string(token.parameter);
        out.type = argumentType(token.parameter);
    }
    return out;
}

DataType Translator::argumentType(int parameter) const
{
    if (!m_arguments || static_cast<int>(m_arguments->count()) < parameter)
        return {};
    JsonRef at = m_arguments->first();
    for (int i = 1; i < parameter; ++i)
        at = at.next();
    switch (at.kind()) {
    case JsonKind::String:
        return TypeKind::Text;
    case JsonKind::Integer:
        return TypeKind::Bigint;
    case JsonKind::Float:
        return TypeKind::Double;
    case JsonKind::Null:
        return {};
    case JsonKind::Array:
        return DataType::arrayOf({});
    case JsonKind::Object:
        return TypeKind::Object;
    default:
        return TypeKind::Boolean;
    }
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

Expr Translator::arrayLiteral()
{
    m_tokens.expect("[");
    Expr out;
    DataType element;
    while (!m_tokens.accept("]")) {
        const Expr item = expression();
        const bool complex = item.type.isComplex();
        out.sql += (out.sql.empty() ? "" : ", ") + (complex ? "json(" + item.sql + ")" : item.sql);
        element = item.type;
        m_tokens.accept(",");
    }
    out.sql = "json_array(" + out.sql + ")";
    out.name = "_array";
    out.type = DataType::arrayOf(element);
    return out;
}

Expr Translator::objectLiteral()
{
    m_tokens.expect("{");
    Expr out;
    auto members = std::make_shared<std::vector<ObjectMember>>();
    while (!m_tokens.accept("}")) {
        const std::string key = m_tokens.take().text;
        m_tokens.expect("=");
        const Expr item = expression();
        const bool complex = item.type.isComplex();
        out.sql += (out.sql.empty() ? "" : ", ") + quoteText(key) + ", "
            + (complex ? "json(" + item.sql + ")" : item.sql);
        members->push_back({key, item.type});
        m_tokens.accept(",");
    }
    out.sql = "json_object(" + out.sql + ")";
    out.name = "_map";
    out.type = TypeKind::Object;
    out.type.members = std::move(members);
    return out;
}

Expr Translator::wordPrimary()
{
    const std::string word = m_tokens.peek().text;
    if (word == "null" || word == "true" || word == "false") {
        const Token token = m_tokens.take();
        return {word, token.raw, word == "null" ? TypeKind::Undefined : TypeKind::Boolean, {}, {}, {}};
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

Expr Translator::interval()
{
    m_tokens.take();
    Expr text = literalOrParameter();
    if (m_tokens.peek().kind == Token::Kind::Word) {
        static const std::set<std::string> Units = {"second", "minute", "hour", "day", "month", "year"};
        if (Units.contains(m_tokens.peek().text))
            text.sql = quoteText(*text.literal + " " + m_tokens.take().text);
    }
    return cast(std::move(text), TypeKind::Interval);
}

Expr Translator::caseExpression()
{
    m_tokens.expect("case");
    Expr out;
    out.name = "CASE";
    out.sql = "(CASE";
    if (!m_tokens.is("when"))
        out.sql += " " + expression().sql;
    const auto result = [&](const char *word) {
        const Expr value = expression();
        out.sql += word + value.sql;
        if (out.type.is(TypeKind::Undefined))
            out.type = value.type;
    };
    while (m_tokens.accept("when")) {
        out.sql += " WHEN " + expression().sql;
        m_tokens.expect("then");
        result(" THEN ");
    }
    if (m_tokens.accept("else"))
        result(" ELSE ");
    m_tokens.expect("end");
    out.sql += " END)";
    return out;
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
                const std::string sql = hidden ? "rowid" : quoteName(source.alias) + "." + quoteName(column);
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

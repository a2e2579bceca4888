// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/database.h"
#include "tests/fake_cratedb/translator.h"

namespace fake {

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

Expr Translator::interval()
{
    m_tokens.take();
    Expr text = literalOrParameter();
    if (m_tokens.peek().kind == Token::Kind::Word) {
        static const std::set<std::string> Units
            = {"second", "minute", "hour", "day", "month", "year"};
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

} // namespace fake

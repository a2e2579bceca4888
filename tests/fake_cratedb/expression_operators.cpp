// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/translator.h"

namespace fake {

namespace {

Expr truth(const std::string &sql, const std::string &name)
{
    Expr expr;
    expr.sql = sql;
    expr.name = name;
    expr.type = TypeKind::Boolean;
    return expr;
}

DataType widest(const DataType &a, const DataType &b)
{
    if (a.is(TypeKind::Undefined))
        return b;
    if (b.is(TypeKind::Undefined))
        return a;
    if (a.isTime() && b.is(TypeKind::Interval))
        return a;
    if (a.isTime() && b.isTime())
        return TypeKind::Interval;
    static constexpr TypeKind Order[] = {TypeKind::Numeric, TypeKind::Double, TypeKind::Real,
        TypeKind::Timestamp, TypeKind::Interval, TypeKind::Bigint, TypeKind::Integer};
    for (const TypeKind kind : Order) {
        if (a.is(kind) || b.is(kind))
            return kind;
    }
    return a;
}

} // namespace

Expr Translator::expression()
{
    return conjunction(true);
}

Expr Translator::conjunction(bool orLevel)
{
    const std::string word = orLevel ? "or" : "and";
    const auto part = [&] { return orLevel ? conjunction(false) : negation(); };
    Expr left = part();
    while (m_tokens.accept(word)) {
        if (orLevel && !m_scopes.empty())
            m_scopes.back().anyOr = true;
        const Expr right = part();
        left = truth("(" + left.sql + " " + word + " " + right.sql + ")",
            "(" + left.name + (orLevel ? " OR " : " AND ") + right.name + ")");
    }
    return left;
}

Expr Translator::negation()
{
    if (!m_tokens.accept("not"))
        return comparison();
    if (!m_scopes.empty())
        m_scopes.back().anyOr = true; // an equality under NOT gives no key
    const Expr inner = negation();
    return truth("(NOT " + inner.sql + ")", "(NOT " + inner.name + ")");
}

Expr Translator::comparison()
{
    Expr left = concatenation();
    for (;;) {
        bool matched = false;
        left = predicate(std::move(left), matched);
        if (matched)
            continue;
        static constexpr std::string_view Operators[] = {"=", "<>", "!=", "<=", ">=", "<", ">", "~"};
        std::string op;
        for (const std::string_view candidate : Operators) {
            if (op.empty() && m_tokens.accept(candidate))
                op = candidate;
        }
        if (op.empty())
            return left;
        if ((m_tokens.is("any") || m_tokens.is("all")) && m_tokens.is("(", 1))
            left = anyOf(std::move(left), op);
        else
            left = compared(std::move(left), op, concatenation());
    }
}

Expr Translator::compared(Expr left, const std::string &op, Expr right)
{
    const auto needsTime = [](const Expr &time, const Expr &other) {
        return time.type.isTime() && !other.type.isTime() && !other.type.isNumber();
    };
    if (needsTime(left, right))
        right = cast(std::move(right), left.type);
    else if (needsTime(right, left))
        left = cast(std::move(left), right.type);
    if (op == "=" && !m_scopes.empty()) {
        for (const std::string &column : {left.keyColumn, right.keyColumn}) {
            if (!column.empty())
                m_scopes.back().equalColumns.push_back(column);
        }
    }
    const std::string name = "(" + left.name + " " + op + " " + right.name + ")";
    if (op == "~")
        return truth("crate_regexp(" + right.sql + ", " + left.sql + ")", name);
    return truth("(" + left.sql + " " + op + " " + right.sql + ")", name);
}

Expr Translator::anyOf(Expr left, const std::string &op)
{
    const bool all = m_tokens.take().text == "all";
    m_tokens.expect("(");
    std::string list;
    if (m_tokens.is("select")) {
        list = query().sql;
    } else {
        const Expr array = expression();
        const std::string value = left.type.isTime() ? "crate_time(value)" : "value";
        list = "SELECT " + value + " FROM json_each(" + array.sql + ")";
    }
    m_tokens.expect(")");
    const bool negated = op == "<>" || op == "!=";
    if (!negated && op != "=")
        throw unsupported("the stand-in knows only = ANY and <> ALL");
    return truth("(" + left.sql + (negated && all ? " NOT IN (" : " IN (") + list + "))", left.name);
}

Expr Translator::predicate(Expr left, bool &matched)
{
    matched = true;
    if (m_tokens.accept("is")) {
        const std::string negation = m_tokens.accept("not") ? " IS NOT " : " IS ";
        if (m_tokens.acceptAll({"distinct", "from"})) {
            const std::string reversed = negation == " IS " ? " IS NOT " : " IS ";
            return truth("(" + left.sql + reversed + concatenation().sql + ")", left.name);
        }
        const std::string what = m_tokens.take().text;
        return truth("(" + left.sql + negation + what + ")",
            "(" + left.name + negation + what + ")");
    }
    const bool negated = m_tokens.is("not")
        && (m_tokens.is("in", 1) || m_tokens.is("like", 1) || m_tokens.is("ilike", 1)
            || m_tokens.is("between", 1));
    if (negated)
        m_tokens.take();
    if (m_tokens.accept("in"))
        return inList(std::move(left), negated);
    if (m_tokens.accept("like"))
        return like(std::move(left), negated, false);
    if (m_tokens.accept("ilike"))
        return like(std::move(left), negated, true);
    if (m_tokens.accept("between"))
        return between(std::move(left), negated);
    matched = false;
    return left;
}

Expr Translator::inList(Expr left, bool negated)
{
    m_tokens.expect("(");
    std::string list;
    if (m_tokens.is("select") || m_tokens.is("with")) {
        list = query().sql;
    } else {
        do {
            Expr item = expression();
            if (left.type.isTime() && !item.type.isTime() && !item.type.isNumber())
                item = cast(std::move(item), left.type);
            list += (list.empty() ? "" : ", ") + item.sql;
        } while (m_tokens.accept(","));
    }
    m_tokens.expect(")");
    return truth("(" + left.sql + (negated ? " NOT IN (" : " IN (") + list + "))", left.name);
}

Expr Translator::like(Expr left, bool negated, bool ignoreCase)
{
    const Expr pattern = concatenation();
    const std::string word = negated ? " NOT LIKE " : " LIKE ";
    const auto folded = [&](const std::string &sql) {
        return ignoreCase ? "lower(" + sql + ")" : sql;
    };
    return truth("(" + folded(left.sql) + word + folded(pattern.sql) + " ESCAPE '\\')",
        "(" + left.name + word + pattern.name + ")");
}

Expr Translator::between(Expr left, bool negated)
{
    Expr low = concatenation();
    m_tokens.expect("and");
    Expr high = concatenation();
    const Expr above = compared(left, ">=", std::move(low));
    const Expr below = compared(left, "<=", std::move(high));
    return truth((negated ? "(NOT (" : "((") + above.sql + " AND " + below.sql + "))", left.name);
}

Expr Translator::concatenation()
{
    Expr left = sum();
    while (m_tokens.accept("||")) {
        const Expr right = sum();
        const bool arrays = left.type.is(TypeKind::Array);
        const std::string sql = arrays ? "crate_array_cat(" + left.sql + ", " + right.sql + ")"
                                       : "(" + left.sql + " || " + right.sql + ")";
        const DataType type = arrays ? left.type : DataType(TypeKind::Text);
        left = Expr{sql, "concat", type, {}, {}, {}};
    }
    return left;
}

Expr Translator::binary(Expr left, const std::string &op, Expr right)
{
    Expr out;
    const auto asInterval = [](const Expr &expr) {
        return expr.type.is(TypeKind::Text) && expr.literal;
    };
    if (left.type.isTime() && asInterval(right))
        right = cast(std::move(right), TypeKind::Interval);
    out.type = widest(left.type, right.type);
    out.name = "(" + left.name + " " + op + " " + right.name + ")";
    if (op == "/" || op == "%")
        out.sql = std::string(op == "/" ? "crate_div(" : "crate_mod(") + left.sql + ", " + right.sql
            + ")";
    else
        out.sql = "(" + left.sql + " " + op + " " + right.sql + ")";
    return out;
}

Expr Translator::sum()
{
    Expr left = product();
    for (;;) {
        const std::string op = m_tokens.is("+") ? "+" : m_tokens.is("-") ? "-" : "";
        if (op.empty())
            return left;
        m_tokens.take();
        left = binary(std::move(left), op, product());
    }
}

Expr Translator::product()
{
    Expr left = unary();
    for (;;) {
        const std::string op = m_tokens.is("*") ? "*"
            : m_tokens.is("/")                  ? "/"
            : m_tokens.is("%")                  ? "%"
                                                : "";
        if (op.empty())
            return left;
        m_tokens.take();
        left = binary(std::move(left), op, unary());
    }
}

Expr Translator::unary()
{
    if (m_tokens.accept("-")) {
        Expr inner = unary();
        inner.sql = "(-" + inner.sql + ")";
        inner.name = "-" + inner.name;
        return inner;
    }
    m_tokens.accept("+");
    return postfix();
}

} // namespace fake

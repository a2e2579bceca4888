// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/database.h"
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/time_text.h"
#include "tests/fake_cratedb/translator.h"

#include <functional>

namespace fake {

namespace {

enum class Result { First, Second, Text, Integer, Bigint, Double, Boolean, Time, Array, Json, Sum };

struct FunctionFacts
{
    const char *sqlite; ///< the function's name there
    Result result;
};

const std::map<std::string, FunctionFacts, std::less<>> &functions()
{
    static const std::map<std::string, FunctionFacts, std::less<>> Functions = {
        {"count", {"count", Result::Bigint}}, {"sum", {"sum", Result::Sum}},
        {"avg", {"avg", Result::Double}}, {"mean", {"avg", Result::Double}},
        {"min", {"min", Result::First}}, {"max", {"max", Result::First}},
        {"arbitrary", {"max", Result::First}}, {"any_value", {"max", Result::First}},
        {"array_agg", {"crate_array_agg", Result::Array}},
        {"string_agg", {"group_concat", Result::Text}},
        {"percentile", {"crate_percentile", Result::Double}},
        {"stddev", {"crate_stddev", Result::Double}},
        {"stddev_pop", {"crate_stddev", Result::Double}},
        {"max_by", {"crate_max_by", Result::First}}, {"min_by", {"crate_min_by", Result::First}},
        {"row_number", {"row_number", Result::Integer}}, {"rank", {"rank", Result::Integer}},
        {"dense_rank", {"dense_rank", Result::Integer}}, {"lag", {"lag", Result::First}},
        {"lead", {"lead", Result::First}}, {"first_value", {"first_value", Result::First}},
        {"last_value", {"last_value", Result::First}}, {"nth_value", {"nth_value", Result::First}},
        {"date_bin", {"crate_date_bin", Result::Second}},
        {"date_format", {"crate_date_format", Result::Text}},
        {"timezone", {"crate_timezone", Result::Time}},
        {"coalesce", {"coalesce", Result::First}}, {"nullif", {"nullif", Result::First}},
        {"greatest", {"max", Result::First}}, {"least", {"min", Result::First}},
        {"concat", {"crate_concat", Result::Text}}, {"lower", {"lower", Result::Text}},
        {"upper", {"upper", Result::Text}}, {"trim", {"trim", Result::Text}},
        {"replace", {"replace", Result::Text}}, {"length", {"length", Result::Integer}},
        {"char_length", {"length", Result::Integer}}, {"substr", {"substr", Result::Text}},
        {"substring", {"substr", Result::Text}}, {"abs", {"abs", Result::First}},
        {"round", {"crate_round", Result::Bigint}}, {"floor", {"crate_floor", Result::Bigint}},
        {"ceil", {"crate_ceil", Result::Bigint}}, {"sqrt", {"sqrt", Result::Double}},
        {"power", {"pow", Result::Double}}, {"ln", {"ln", Result::Double}},
        {"exp", {"exp", Result::Double}}, {"log", {"log", Result::Double}},
        {"mod", {"crate_mod", Result::First}},
        {"cardinality", {"crate_array_length", Result::Integer}},
        {"array_length", {"crate_array_length", Result::Integer}},
        {"array_max", {"crate_array_max", Result::Double}},
        {"array_min", {"crate_array_min", Result::Double}},
        {"array_sum", {"crate_array_sum", Result::Double}},
        {"array_avg", {"crate_array_avg", Result::Double}},
        {"object_keys", {"crate_object_keys", Result::Array}},
        {"gen_random_text_uuid", {"crate_random_id", Result::Text}},
        {"random", {"crate_random", Result::Double}}, {"sleep", {"crate_sleep", Result::Boolean}},
    };
    return Functions;
}

DataType resultType(Result result, const std::string &sqlite, const std::vector<Expr> &arguments)
{
    const DataType first = arguments.empty() ? DataType() : arguments[0].type;
    switch (result) {
    case Result::First:
        return first;
    case Result::Second:
        return arguments.size() > 1 ? arguments[1].type : first;
    case Result::Text:
        return TypeKind::Text;
    case Result::Integer:
        return TypeKind::Integer;
    case Result::Bigint:
        return sqlite == "crate_round" && arguments.size() > 1 ? TypeKind::Numeric : TypeKind::Bigint;
    case Result::Double:
        return TypeKind::Double;
    case Result::Boolean:
        return TypeKind::Boolean;
    case Result::Time:
        return TypeKind::Timestamp;
    case Result::Array:
        return DataType::arrayOf(sqlite == "crate_array_agg" ? first : DataType(TypeKind::Text));
    case Result::Json:
        return TypeKind::Undefined;
    case Result::Sum:
        return first.isInteger() ? DataType(TypeKind::Bigint) : first;
    }
    return {};
}

Expr made(const std::string &sql, const std::string &name, const DataType &type)
{
    return {sql, name, type, {}, {}, {}};
}

} // namespace

Expr Translator::function(const std::string &name)
{
    const std::string now = std::to_string(nowMs());
    if (name == "current_user" || name == "session_user" || name == "user")
        return made(quoteText(m_session.user), name, TypeKind::Text);
    if (name == "current_timestamp" || name == "now" || name == "current_date") {
        if (m_tokens.accept("(") && !m_tokens.accept(")")) {
            m_tokens.take();
            m_tokens.expect(")");
        }
        if (name == "current_date")
            return made("crate_date_trunc('day', '', " + now + ")", name, TypeKind::Date);
        return made(now, name, TypeKind::Timestamp);
    }
    if (name == "current_schema") {
        if (m_tokens.accept("("))
            m_tokens.expect(")");
        return made(quoteText(m_session.defaultSchema), name, TypeKind::Text);
    }
    m_tokens.expect("(");
    if (name == "extract")
        return extract();
    if (name == "cast" || name == "try_cast") {
        Expr value = expression();
        m_tokens.expect("as");
        Expr out = cast(std::move(value), parseType(m_tokens));
        m_tokens.expect(")");
        return out;
    }
    std::string modifier;
    std::vector<Expr> arguments;
    if (m_tokens.accept("distinct"))
        modifier = "DISTINCT ";
    if (m_tokens.accept("*"))
        modifier = "*";
    while (!m_tokens.is(")")) {
        arguments.push_back(expression());
        m_tokens.accept(",");
    }
    m_tokens.expect(")");
    return call(name, std::move(arguments), modifier);
}

Expr Translator::call(const std::string &name, std::vector<Expr> arguments,
    const std::string &modifier)
{
    if (name == "unnest" || name == "generate_series")
        return seriesInList(name, std::move(arguments));
    if (name == "version")
        return made("'CrateDB 6.4.3 (stand-in of facetrack tests)'", name, TypeKind::Text);
    if (name == "date_trunc" && arguments.size() >= 2) {
        const bool zoned = arguments.size() == 3;
        const std::string zone = zoned ? arguments[1].sql : "''";
        return made("crate_date_trunc(" + arguments[0].sql + ", " + zone + ", crate_time("
                + arguments.back().sql + "))", name, TypeKind::Timestamp);
    }
    if (name == "if" && arguments.size() >= 2)
        return made("(CASE WHEN " + arguments[0].sql + " THEN " + arguments[1].sql + " ELSE "
                + (arguments.size() > 2 ? arguments[2].sql : "NULL") + " END)",
            name, arguments[1].type);
    const auto found = functions().find(name);
    if (found == functions().end()) {
        std::string names;
        for (const Expr &argument : arguments)
            names += (names.empty() ? "" : ", ") + argument.name;
        throw SqlError(400, 4004, "UnsupportedFunctionException[Unknown function: " + name + "("
            + names + ")]");
    }
    if (name == "date_bin" && arguments.size() == 2)
        arguments.push_back(made("0", "0", TypeKind::Bigint));
    std::string list = modifier;
    for (std::size_t i = 0; i < arguments.size(); ++i)
        list += (i == 0 ? "" : ", ") + arguments[i].sql;
    const bool boolean = !arguments.empty() && arguments[0].type.is(TypeKind::Boolean);
    if (name == "array_agg")
        list += ", " + std::to_string(arguments[0].type.isComplex() ? 2 : boolean ? 1 : 0);
    DataType type = resultType(found->second.result, found->second.sqlite, arguments);
    if (name == "percentile" && arguments.size() > 1 && arguments[1].type.is(TypeKind::Array))
        type = DataType::arrayOf(TypeKind::Double);
    return made(std::string(found->second.sqlite) + "(" + list + ")" + filterAndWindow(), name, type);
}

Expr Translator::extract()
{
    const std::string field = m_tokens.take().text;
    m_tokens.expect("from");
    const Expr time = expression();
    m_tokens.expect(")");
    const DataType type = field == "epoch" ? TypeKind::Double : TypeKind::Integer;
    return made("crate_extract(" + quoteText(field) + ", crate_time(" + time.sql + "))",
        "extract", type);
}

std::string Translator::filterAndWindow()
{
    std::string out;
    if (m_tokens.acceptAll({"filter", "("})) {
        m_tokens.expect("where");
        out += " FILTER (WHERE " + expression().sql + ")";
        m_tokens.expect(")");
    }
    if (!m_tokens.accept("over"))
        return out;
    m_tokens.expect("(");
    out += " OVER (";
    if (m_tokens.acceptAll({"partition", "by"})) {
        out += "PARTITION BY ";
        do {
            out += (out.ends_with("BY ") ? "" : ", ") + expression().sql;
        } while (m_tokens.accept(","));
    }
    if (m_tokens.acceptAll({"order", "by"}))
        out += " ORDER BY " + orderList();
    while (!m_tokens.is(")") && !m_tokens.atEnd()) // a frame is said in the same words
        out += " " + m_tokens.take().raw;
    m_tokens.expect(")");
    return out + ")";
}

std::string Translator::orderList()
{
    std::string out;
    do {
        const bool number = m_tokens.peek().kind == Token::Kind::Number;
        const Expr key = expression();
        out += (out.empty() ? "" : ", ") + (number ? key.name : key.sql);
        const bool descending = m_tokens.accept("desc");
        if (!descending)
            m_tokens.accept("asc");
        bool nullsFirst = descending;
        if (m_tokens.accept("nulls"))
            nullsFirst = m_tokens.take().text == "first";
        out += descending ? " DESC" : " ASC";
        out += nullsFirst ? " NULLS FIRST" : " NULLS LAST";
    } while (m_tokens.accept(","));
    return out;
}

Expr Translator::seriesInList(const std::string &name, std::vector<Expr> arguments)
{
    if (m_scopes.empty() || arguments.empty())
        throw unsupported(name + " here");
    const std::string alias = "series" + std::to_string(++m_counter);
    const bool unnest = name == "unnest";
    const std::string array = unnest ? arguments[0].sql
        : "crate_series(" + arguments[0].sql + ", " + arguments.at(1).sql + ", "
            + (arguments.size() > 2 ? arguments[2].sql : "1") + ")";
    m_scopes.back().series.push_back({array, alias});
    const DataType type = !unnest                        ? arguments[0].type
        : arguments[0].type.is(TypeKind::Array) ? *arguments[0].type.element
                                                         : DataType();
    return made(alias + ".value", name, type);
}

} // namespace fake

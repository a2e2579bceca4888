// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/data_type.h"

#include "tests/fake_cratedb/lexer.h"
#include "tests/fake_cratedb/sql_error.h"

#include <map>

namespace fake {

namespace {

struct TypeFacts
{
    TypeKind kind;
    int id;
    const char *name;
    const char *definition;
    const char *affinity;
};

constexpr TypeFacts Facts[] = {
    {TypeKind::Undefined, 0, "undefined", "UNDEFINED", ""},
    {TypeKind::Byte, 2, "byte", "BYTE", "INTEGER"},
    {TypeKind::Boolean, 3, "boolean", "BOOLEAN", "INTEGER"},
    {TypeKind::Text, 4, "text", "TEXT", "TEXT"},
    {TypeKind::Ip, 5, "ip", "IP", "TEXT"},
    {TypeKind::Double, 6, "double precision", "DOUBLE PRECISION", "REAL"},
    {TypeKind::Real, 7, "real", "REAL", "REAL"},
    {TypeKind::Short, 8, "smallint", "SMALLINT", "INTEGER"},
    {TypeKind::Integer, 9, "integer", "INTEGER", "INTEGER"},
    {TypeKind::Bigint, 10, "bigint", "BIGINT", "INTEGER"},
    {TypeKind::Timestamp, 11, "timestamp with time zone", "TIMESTAMP WITH TIME ZONE", "INTEGER"},
    {TypeKind::Object, 12, "object", "OBJECT", "TEXT"},
    {TypeKind::LocalTimestamp, 15, "timestamp without time zone", "TIMESTAMP WITHOUT TIME ZONE",
        "INTEGER"},
    {TypeKind::Interval, 17, "interval", "INTERVAL", "INTEGER"},
    {TypeKind::Numeric, 22, "numeric", "NUMERIC", "NUMERIC"},
    {TypeKind::Date, 24, "date", "DATE", "INTEGER"},
    {TypeKind::Array, 100, "array", "ARRAY", "TEXT"},
};

const TypeFacts &facts(TypeKind kind)
{
    for (const TypeFacts &fact : Facts) {
        if (fact.kind == kind)
            return fact;
    }
    return Facts[0];
}

const std::map<std::string, TypeKind, std::less<>> &words()
{
    static const std::map<std::string, TypeKind, std::less<>> Words = {
        {"text", TypeKind::Text}, {"string", TypeKind::Text}, {"varchar", TypeKind::Text},
        {"name", TypeKind::Text}, {"char", TypeKind::Text}, {"regclass", TypeKind::Text},
        {"byte", TypeKind::Byte}, {"boolean", TypeKind::Boolean}, {"bool", TypeKind::Boolean},
        {"ip", TypeKind::Ip}, {"float8", TypeKind::Double}, {"double", TypeKind::Double},
        {"real", TypeKind::Real}, {"float", TypeKind::Real}, {"float4", TypeKind::Real},
        {"short", TypeKind::Short}, {"smallint", TypeKind::Short}, {"int2", TypeKind::Short},
        {"integer", TypeKind::Integer}, {"int", TypeKind::Integer}, {"int4", TypeKind::Integer},
        {"long", TypeKind::Bigint}, {"bigint", TypeKind::Bigint}, {"int8", TypeKind::Bigint},
        {"timestamptz", TypeKind::Timestamp}, {"interval", TypeKind::Interval},
        {"numeric", TypeKind::Numeric}, {"decimal", TypeKind::Numeric}, {"date", TypeKind::Date},
    };
    return Words;
}

std::string bracketed(const std::vector<ObjectMember> &members, int indent)
{
    std::string out = " AS (\n";
    for (std::size_t i = 0; i < members.size(); ++i) {
        out += std::string(static_cast<std::size_t>(indent) + 3, ' ') + '"' + members[i].name
            + "\" " + members[i].type.definition(indent + 3)
            + (i + 1 < members.size() ? ",\n" : "\n");
    }
    return out + std::string(static_cast<std::size_t>(indent), ' ') + ")";
}

DataType parseObject(TokenStream &tokens)
{
    DataType type(TypeKind::Object);
    if (tokens.accept("(")) {
        const std::string policy = tokens.identifier();
        type.policy = policy == "strict" ? ObjectPolicy::Strict
            : policy == "ignored"        ? ObjectPolicy::Ignored
                                         : ObjectPolicy::Dynamic;
        tokens.expect(")");
    }
    if (!tokens.is("as") || !tokens.is("(", 1))
        return type;
    tokens.take();
    tokens.take();
    auto members = std::make_shared<std::vector<ObjectMember>>();
    do {
        std::string name = tokens.identifier();
        DataType member = parseType(tokens);
        tokens.acceptAll({"not", "null"});
        members->push_back({std::move(name), std::move(member)});
    } while (tokens.accept(","));
    tokens.expect(")");
    type.members = std::move(members);
    return type;
}

DataType parseTimestamp(TokenStream &tokens)
{
    if (tokens.acceptAll({"with", "time", "zone"}))
        return TypeKind::Timestamp;
    tokens.acceptAll({"without", "time", "zone"});
    return TypeKind::LocalTimestamp;
}

DataType parsePlain(TokenStream &tokens, const std::string &word)
{
    const auto found = words().find(word);
    if (found == words().end())
        throw parseError("Cannot find data type: " + word);
    DataType type(found->second);
    if (word == "double")
        tokens.accept("precision");
    if (word == "char")
        tokens.accept("varying");
    if (!tokens.accept("("))
        return type;
    tokens.integer();
    if (tokens.accept(","))
        type.scale = static_cast<int>(tokens.integer());
    tokens.expect(")");
    return type;
}

} // namespace

DataType DataType::arrayOf(const DataType &type)
{
    DataType array(TypeKind::Array);
    array.element = std::make_shared<const DataType>(type);
    return array;
}

bool DataType::isInteger() const
{
    return is(TypeKind::Byte) || is(TypeKind::Short) || is(TypeKind::Integer)
        || is(TypeKind::Bigint);
}

bool DataType::isFloating() const
{
    return is(TypeKind::Real) || is(TypeKind::Double);
}

bool DataType::isTime() const
{
    return is(TypeKind::Timestamp) || is(TypeKind::LocalTimestamp) || is(TypeKind::Date);
}

const DataType *DataType::member(const std::string &name) const
{
    if (!members)
        return nullptr;
    for (const ObjectMember &candidate : *members) {
        if (candidate.name == name)
            return &candidate.type;
    }
    return nullptr;
}

std::string DataType::name() const
{
    if (is(TypeKind::Array))
        return element->name() + "_array";
    return facts(kind).name;
}

std::string DataType::definition(int indent) const
{
    if (is(TypeKind::Array))
        return "ARRAY(" + element->definition(indent) + ")";
    if (!is(TypeKind::Object))
        return facts(kind).definition;
    const char *policyName = policy == ObjectPolicy::Strict ? "STRICT"
        : policy == ObjectPolicy::Ignored                    ? "IGNORED"
                                                             : "DYNAMIC";
    return std::string("OBJECT(") + policyName + ")" + (members ? bracketed(*members, indent) : "");
}

nlohmann::json DataType::typeId() const
{
    if (is(TypeKind::Array))
        return nlohmann::json::array({100, element->typeId()});
    return facts(kind).id;
}

const char *DataType::sqliteAffinity() const
{
    return facts(kind).affinity;
}

DataType parseType(TokenStream &tokens)
{
    const std::string word = tokens.identifier();
    DataType type;
    if (word == "array") {
        tokens.expect("(");
        type = DataType::arrayOf(parseType(tokens));
        tokens.expect(")");
    } else if (word == "object") {
        type = parseObject(tokens);
    } else if (word == "timestamp") {
        type = parseTimestamp(tokens);
    } else {
        type = parsePlain(tokens, word);
    }
    while (tokens.acceptAll({"[", "]"}))
        type = DataType::arrayOf(type);
    return type;
}

} // namespace fake

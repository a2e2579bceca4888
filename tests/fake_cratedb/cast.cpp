// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/cast.h"

#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/time_text.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace fake {

namespace {

/// As Java prints it, which is how CrateDB's messages name a value: {x=0.1}.
std::string javaText(JsonRef value)
{
    if (value.kind() == JsonKind::String)
        return value.string();
    if (value.kind() != JsonKind::Object && value.kind() != JsonKind::Array)
        return std::string(value.text());
    const bool object = value.kind() == JsonKind::Object;
    std::string out(object ? "{" : "[");
    JsonRef at = value.first();
    for (std::uint32_t i = 0; i < value.count(); ++i) {
        if (i > 0)
            out += ", ";
        if (object) {
            out += at.string() + "=";
            at = at.next();
        }
        out += javaText(at);
        at = at.next();
    }
    return out + (object ? "}" : "]");
}

[[noreturn]] void failCast(JsonRef value, const DataType &type)
{
    fake::failCast(javaText(value), type);
}

std::int64_t limitOf(TypeKind kind)
{
    switch (kind) {
    case TypeKind::Byte:
        return std::numeric_limits<std::int8_t>::max();
    case TypeKind::Short:
        return std::numeric_limits<std::int16_t>::max();
    case TypeKind::Integer:
        return std::numeric_limits<std::int32_t>::max();
    default:
        return std::numeric_limits<std::int64_t>::max();
    }
}

template<typename T>
bool wholeNumber(std::string_view text, T &value)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

Cell castInteger(JsonRef value, const DataType &type)
{
    std::int64_t number = 0;
    if (value.kind() == JsonKind::Float) {
        double real = 0;
        if (!wholeNumber(value.text(), real) || std::abs(real) > 9.2e18)
            failCast(value, type);
        number = static_cast<std::int64_t>(real); // 19.75 is stored as 19, without a word
    } else if (value.kind() != JsonKind::Integer && value.kind() != JsonKind::String) {
        failCast(value, type);
    } else if (!wholeNumber(value.text(), number)) {
        failCast(value, type);
    }
    const std::int64_t limit = limitOf(type.kind);
    if (number > limit || number < -limit - 1)
        failCast(value, type);
    return Cell::of(number);
}

Cell castReal(JsonRef value, const DataType &type)
{
    double number = 0;
    const bool fits = value.kind() == JsonKind::Integer || value.kind() == JsonKind::Float
        || value.kind() == JsonKind::String;
    if (!fits || !wholeNumber(value.text(), number))
        failCast(value, type);
    return Cell::of(number);
}

Cell castTime(JsonRef value, const DataType &type)
{
    if (value.kind() == JsonKind::Float)
        return Cell::of(static_cast<std::int64_t>(std::llround(castReal(value, type).real * 1000)));
    if (value.kind() != JsonKind::Integer && value.kind() != JsonKind::String)
        failCast(value, type);
    const auto ms = parseTime(value.escaped() ? value.string() : value.text());
    if (!ms)
        failCast(value, type);
    return Cell::of(*ms);
}

Cell castBoolean(JsonRef value, const DataType &type)
{
    const std::string_view text = value.text();
    if (value.kind() == JsonKind::True || text == "true" || text == "t")
        return Cell::of(std::int64_t{1});
    if (value.kind() == JsonKind::False || text == "false" || text == "f")
        return Cell::of(std::int64_t{0});
    if (value.kind() != JsonKind::Integer)
        failCast(value, type);
    return Cell::of(std::int64_t{text != "0"});
}

Cell castText(JsonRef value, const DataType &type, TextArena &arena)
{
    if (value.kind() == JsonKind::Object || value.kind() == JsonKind::Array)
        failCast(value, type);
    if (!value.isString() || !value.escaped())
        return Cell::of(value.text());
    std::string &text = arena.make();
    text = value.string();
    return Cell::of(std::string_view(text));
}

/// Writes JSON as it will be given back: numbers in the members' types.
class ComplexWriter
{
public:
    ComplexWriter(const std::string &column, std::string &out, TextArena &arena,
        std::string &problem)
        : m_column(column), m_out(out), m_arena(arena), m_problem(problem)
    {
    }

    void write(JsonRef value, const DataType &type)
    {
        if (value.kind() == JsonKind::Null)
            m_out += "null";
        else if (type.is(TypeKind::Array))
            writeArray(value, type);
        else if (type.is(TypeKind::Object))
            writeObject(value, type);
        else
            writeScalar(value, type);
    }

private:
    void writeArray(JsonRef value, const DataType &type)
    {
        if (value.kind() != JsonKind::Array)
            failCast(value, type);
        m_out += '[';
        JsonRef at = value.first();
        for (std::uint32_t i = 0; i < value.count(); ++i, at = at.next()) {
            if (i > 0)
                m_out += ',';
            write(at, *type.element);
        }
        m_out += ']';
    }

    void writeObject(JsonRef value, const DataType &type)
    {
        if (value.kind() == JsonKind::String) {
            const std::string text = value.string();
            JsonTape tape;
            if (!tape.parse(text) || JsonRef(tape, 0).kind() != JsonKind::Object)
                failCast(value, type);
            writeObject(JsonRef(tape, 0), type);
            return;
        }
        if (value.kind() != JsonKind::Object)
            failCast(value, type);
        if (!type.members && type.policy != ObjectPolicy::Strict) {
            m_out += value.text();
            return;
        }
        m_out += '{';
        JsonRef at = value.first();
        for (std::uint32_t i = 0; i < value.count(); ++i) {
            const JsonRef member = at.next();
            writeMember(at, member, type, i == 0);
            at = member.next();
        }
        m_out += '}';
    }

    void writeMember(JsonRef key, JsonRef value, const DataType &type, bool first)
    {
        if (!first)
            m_out += ',';
        const DataType *member = memberOf(key, type);
        m_out += '"';
        m_out += key.text();
        m_out += "\":";
        if (member != nullptr) {
            write(value, *member);
            return;
        }
        if (type.policy == ObjectPolicy::Strict && m_problem.empty())
            m_problem = "Cannot add column `" + key.string() + "` to strict object `" + m_column
                + "`";
        m_out += value.text();
    }

    static const DataType *memberOf(JsonRef key, const DataType &type)
    {
        if (!type.members)
            return nullptr;
        for (const ObjectMember &member : *type.members) {
            if (member.name == key.text())
                return &member.type;
        }
        return nullptr;
    }

    void writeScalar(JsonRef value, const DataType &type)
    {
        const Cell cell = castValue(value, type, m_column, m_arena, m_problem);
        if (type.is(TypeKind::Boolean))
            m_out += cell.integer != 0 ? "true" : "false";
        else if (cell.kind == Cell::Kind::Integer)
            m_out += std::to_string(cell.integer);
        else if (cell.kind == Cell::Kind::Real)
            appendReal(m_out, cell.real, type.is(TypeKind::Real));
        else
            appendJsonString(m_out, cell.text);
    }

    const std::string &m_column;
    std::string &m_out;
    TextArena &m_arena;
    std::string &m_problem;
};

} // namespace

void failCast(std::string_view value, const DataType &type)
{
    throw parseError("Cannot cast value `" + std::string(value) + "` to type `" + type.name() + "`");
}

void appendReal(std::string &out, double value, bool single)
{
    char text[40];
    const auto end = single ? std::to_chars(text, text + sizeof text, static_cast<float>(value)).ptr
                            : std::to_chars(text, text + sizeof text, value).ptr;
    const std::string_view digits(text, static_cast<std::size_t>(end - text));
    out += digits;
    if (digits.find_first_of(".en") == std::string_view::npos)
        out += ".0";
}

Cell castValue(JsonRef value, const DataType &type, const std::string &column, TextArena &arena,
    std::string &problem)
{
    if (value.kind() == JsonKind::Null)
        return {};
    if (type.isInteger())
        return castInteger(value, type);
    if (type.isTime())
        return castTime(value, type);
    if (type.isFloating() || type.is(TypeKind::Numeric))
        return castReal(value, type);
    if (type.is(TypeKind::Boolean))
        return castBoolean(value, type);
    if (!type.isComplex())
        return castText(value, type, arena);
    std::string &out = arena.make();
    ComplexWriter(column, out, arena, problem).write(value, type);
    return Cell::of(std::string_view(out));
}

} // namespace fake

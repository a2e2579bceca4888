// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/request.h"

#include "tests/fake_cratedb/cast.h"
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/time_text.h"
#include "tests/fake_cratedb/utf8.h"

#include <charconv>

namespace fake {

namespace {

SqlError sourceError(const std::string &what)
{
    return SqlError(500, 5000, "SQLParseSourceException[" + what + "]");
}

SqlError cannotParse(std::string_view body)
{
    return parseError("Can't parse [" + replaceInvalidUtf8(body)
        + "]. Expecting payload with `stmt` string and `args` or `bulk_args` arrays");
}

std::string_view kindName(JsonKind kind)
{
    switch (kind) {
    case JsonKind::String:
        return "VALUE_STRING";
    case JsonKind::Integer:
        return "VALUE_NUMBER_INT";
    case JsonKind::Float:
        return "VALUE_NUMBER_FLOAT";
    case JsonKind::Object:
        return "START_OBJECT";
    case JsonKind::Null:
        return "VALUE_NULL";
    case JsonKind::True:
        return "VALUE_TRUE";
    default:
        return "VALUE_FALSE";
    }
}

void checkBulk(JsonRef bulk)
{
    if (bulk.kind() != JsonKind::Array)
        throw sourceError("Field [bulk_args] has an invalid value");
    JsonRef row = bulk.first();
    for (std::uint32_t i = 0; i < bulk.count(); ++i, row = row.next()) {
        if (row.kind() != JsonKind::Array)
            throw sourceError("`bulk_args` must contain a list of `args` (values list). Got "
                              "unexpected: " + std::string(kindName(row.kind())));
    }
}

void appendCell(std::string &out, const Cell &cell, const OutputColumn &column)
{
    const DataType &type = column.type;
    if (cell.isNull()) {
        out += "null";
    } else if (cell.kind == Cell::Kind::Integer) {
        if (type.is(TypeKind::Boolean))
            out += cell.integer != 0 ? "true" : "false";
        else if (type.is(TypeKind::Interval))
            appendJsonString(out, formatInterval(cell.integer));
        else if (type.isFloating())
            appendReal(out, static_cast<double>(cell.integer), false);
        else
            out += std::to_string(cell.integer);
    } else if (cell.kind == Cell::Kind::Real) {
        if (type.isInteger() || type.isTime())
            out += std::to_string(static_cast<std::int64_t>(cell.real));
        else
            appendReal(out, cell.real, type.is(TypeKind::Real));
    } else if (type.isComplex() || column.isJson) {
        out += cell.text;
    } else {
        appendJsonString(out, cell.text);
    }
}

void appendOutcome(std::string &out, const RowOutcome &outcome)
{
    if (outcome.rowcount == 1) { // nearly all, nearly always
        out += "{\"rowcount\":1}";
        return;
    }
    out += "{\"rowcount\":" + std::to_string(outcome.rowcount);
    if (outcome.code != 0) {
        out += ",\"error\":{\"code\":" + std::to_string(outcome.code) + ",\"message\":";
        appendJsonString(out, *outcome.message);
        out += '}';
    }
    out += '}';
}

} // namespace

SqlRequest parseRequest(std::string_view body, JsonTape &tape)
{
    if (body.empty())
        throw parseError("Missing request body");
    if (!tape.parse(body))
        throw cannotParse(body);
    const JsonRef root(tape, 0);
    SqlRequest request;
    if (root.kind() != JsonKind::Object) {
        if (root.kind() == JsonKind::Array)
            throw sourceError("Field [stmt] is missing");
        throw cannotParse(body);
    }
    bool hasStatement = false;
    JsonRef key = root.first();
    for (std::uint32_t i = 0; i < root.count(); ++i) {
        const JsonRef value = key.next();
        const std::string name = key.string();
        if (name == "stmt") {
            hasStatement = true;
            request.statement = value.string();
        } else if (name == "args" && value.kind() == JsonKind::Array) {
            request.args = value;
        } else if (name == "bulk_args") {
            checkBulk(value);
            request.bulkArgs = value;
        } else if (name == "args" && value.kind() != JsonKind::Null) {
            throw sourceError("Field [args] has an invalid value");
        } else if (name != "args") {
            throw cannotParse(body);
        }
        key = value.next();
    }
    if (!hasStatement)
        throw sourceError("Field [stmt] is missing");
    if (request.statement.empty())
        throw sourceError("Field [stmt] has no value");
    if (request.args && request.bulkArgs)
        throw parseError(
            "request body contains args and bulk_args. It's forbidden to provide both");
    return request;
}

std::string toJson(const SqlResult &result, bool types, double milliseconds)
{
    std::string out("{\"cols\":[");
    for (std::size_t i = 0; i < result.columns.size(); ++i) {
        out += i == 0 ? "" : ",";
        appendJsonString(out, result.columns[i].name);
    }
    out += ']';
    if (types) {
        nlohmann::json ids = nlohmann::json::array();
        for (const OutputColumn &column : result.columns)
            ids.push_back(column.type.typeId());
        out += ",\"col_types\":" + ids.dump();
    }
    std::string duration;
    appendReal(duration, milliseconds, true);
    if (!result.bulk)
        return out + ",\"rows\":" + (result.columns.empty() ? "[[]]" : result.rows)
            + ",\"rowcount\":" + std::to_string(result.rowcount) + ",\"duration\":" + duration + "}";
    out += ",\"duration\":" + duration + ",\"results\":[";
    out.reserve(out.size() + result.bulk->size() * 16);
    for (std::size_t i = 0; i < result.bulk->size(); ++i) {
        if (i > 0)
            out += ',';
        appendOutcome(out, (*result.bulk)[i]);
    }
    return out + "]}";
}

std::string rowJson(const Statement &statement, const std::vector<OutputColumn> &columns)
{
    std::string out("[");
    for (std::size_t i = 0; i < columns.size(); ++i) {
        out += i == 0 ? "" : ",";
        appendCell(out, statement.cell(static_cast<int>(i)), columns[i]);
    }
    return out + ']';
}

SqlResult fetch(Statement &statement, const std::vector<OutputColumn> &columns)
{
    SqlResult result;
    result.columns = columns;
    result.rows = "[";
    while (statement.step()) {
        result.rows += result.rowcount++ == 0 ? "" : ",";
        result.rows += rowJson(statement, columns);
    }
    result.rows += ']';
    statement.reset();
    return result;
}

void bindArguments(Statement &statement, const std::optional<JsonRef> &args, int wanted,
    std::deque<std::string> &texts)
{
    const int given = args ? static_cast<int>(args->count()) : 0;
    if (given < wanted)
        throw parseError("The query contains a parameter placeholder $" + std::to_string(given + 1)
            + ", but there are only " + std::to_string(given) + " parameter values");
    if (wanted == 0)
        return;
    JsonRef at = args->first();
    for (int i = 1; i <= std::min(wanted, statement.parameters()); ++i, at = at.next()) {
        Cell cell;
        std::int64_t integer = 0;
        double real = 0;
        const std::string_view text = at.text();
        if (at.kind() == JsonKind::True || at.kind() == JsonKind::False) {
            cell = Cell::of(std::int64_t{at.kind() == JsonKind::True});
        } else if (at.kind() == JsonKind::Integer
            && std::from_chars(text.data(), text.data() + text.size(), integer).ec == std::errc()) {
            cell = Cell::of(integer);
        } else if (at.kind() == JsonKind::Float) {
            std::from_chars(text.data(), text.data() + text.size(), real);
            cell = Cell::of(real);
        } else if (at.isString()) {
            cell = Cell::of(std::string_view(texts.emplace_back(at.string())));
        } else if (at.kind() != JsonKind::Null) {
            cell = Cell::of(text);
        }
        statement.bind(i, cell);
    }
}

} // namespace fake

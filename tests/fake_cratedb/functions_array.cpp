// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/cast.h"
#include "tests/fake_cratedb/functions.h"
#include "tests/fake_cratedb/json_tape.h"
#include "tests/fake_cratedb/sql_error.h"

#include <charconv>

namespace fake {

namespace {

/// The tape of the last JSON text seen; one thread calls these, row after row.
JsonRef parsed(std::string_view text)
{
    static JsonTape tape;
    if (!tape.parse(text))
        throw parseError("not an array or object: " + std::string(text));
    return {tape, 0};
}

/// From an array of objects the array of one member.
void pluck(sqlite3_context *context, const Arguments &arguments)
{
    const std::string_view key = arguments.text(1);
    const JsonRef array = parsed(arguments.text(0));
    std::string out("[");
    JsonRef item = array.first();
    for (std::uint32_t i = 0; i < array.count(); ++i, item = item.next()) {
        std::string_view value = "null";
        std::string quoted;
        JsonRef at = item.first();
        for (std::uint32_t k = 0; item.kind() == JsonKind::Object && k < item.count(); ++k) {
            const JsonRef member = at.next();
            if (at.text() == key && member.isString()) {
                quoted = '"' + std::string(member.text()) + '"';
                value = quoted;
            } else if (at.text() == key) {
                value = member.text();
            }
            at = member.next();
        }
        out += (i == 0 ? "" : ",");
        out += value;
    }
    setText(context, out + "]");
}

void length(sqlite3_context *context, const Arguments &arguments)
{
    const std::uint32_t count = parsed(arguments.text(0)).count();
    if (count == 0)
        sqlite3_result_null(context);
    else
        sqlite3_result_int64(context, count);
}

void joined(sqlite3_context *context, const Arguments &arguments)
{
    std::string left(arguments.text(0));
    const std::string right(arguments.text(1));
    const bool comma = left != "[]" && right != "[]";
    left.pop_back();
    setText(context, left + (comma ? "," : "") + right.substr(1));
}

void keys(sqlite3_context *context, const Arguments &arguments)
{
    const JsonRef object = parsed(arguments.text(0));
    std::string out("[");
    JsonRef at = object.first();
    for (std::uint32_t i = 0; i < object.count(); ++i, at = at.next().next())
        out += (i == 0 ? "\"" : ",\"") + std::string(at.text()) + '"';
    setText(context, out + "]");
}

void series(sqlite3_context *context, const Arguments &arguments)
{
    const std::int64_t step = arguments.integer(2);
    if (step == 0)
        throw parseError("Step size cannot be zero");
    std::string out("[");
    const std::int64_t end = arguments.integer(1);
    for (std::int64_t at = arguments.integer(0); step > 0 ? at <= end : at >= end; at += step)
        out += (out.size() == 1 ? "" : ",") + std::to_string(at);
    setText(context, out + "]");
}

enum class Fold { Max, Min, Sum, Mean };

template<Fold fold>
void folded(sqlite3_context *context, const Arguments &arguments)
{
    const JsonRef array = parsed(arguments.text(0));
    double result = 0;
    int count = 0;
    JsonRef item = array.first();
    for (std::uint32_t i = 0; i < array.count(); ++i, item = item.next()) {
        double value = 0;
        const std::string_view text = item.text();
        const auto converted = std::from_chars(text.data(), text.data() + text.size(), value);
        if (converted.ec != std::errc())
            continue;
        const bool better = count == 0 || (fold == Fold::Max && value > result)
            || (fold == Fold::Min && value < result);
        if (fold == Fold::Sum || fold == Fold::Mean)
            result += value;
        else if (better)
            result = value;
        ++count;
    }
    if (count == 0)
        sqlite3_result_null(context);
    else
        setReal(context, fold == Fold::Mean ? result / count : result);
}

} // namespace

void registerArrayFunctions(sqlite3 *connection)
{
    static constexpr FunctionEntry Entries[] = {{"crate_pluck", 2, true, pluck},
        {"crate_array_length", -1, true, length}, {"crate_array_cat", 2, true, joined},
        {"crate_object_keys", 1, true, keys}, {"crate_series", 3, true, series},
        {"crate_array_max", 1, true, folded<Fold::Max>},
        {"crate_array_min", 1, true, folded<Fold::Min>},
        {"crate_array_sum", 1, true, folded<Fold::Sum>},
        {"crate_array_avg", 1, true, folded<Fold::Mean>}};
    for (const FunctionEntry &entry : Entries)
        registerFunction(connection, entry);
}

} // namespace fake

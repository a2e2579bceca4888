// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/functions.h"

#include "tests/fake_cratedb/cast.h"
#include "tests/fake_cratedb/lexer.h"
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/translator.h"

#include <cmath>
#include <random>
#include <regex.h>

namespace fake {

namespace {

void invoke(sqlite3_context *context, int count, sqlite3_value **values)
{
    const auto &entry = *static_cast<const FunctionEntry *>(sqlite3_user_data(context));
    const Arguments arguments(count, values);
    if (entry.nullIsNull && arguments.anyNull()) {
        sqlite3_result_null(context);
        return;
    }
    try {
        entry.function(context, arguments);
    } catch (const std::exception &error) {
        // The message goes through SQLite, so the exception's own wrapping is taken off again.
        std::string message = error.what();
        constexpr std::string_view Prefix = "SQLParseException[";
        if (message.starts_with(Prefix))
            message = message.substr(Prefix.size(), message.size() - Prefix.size() - 1);
        sqlite3_result_error(context, message.c_str(), static_cast<int>(message.size()));
    }
}

/// A value of SQLite's as a request would have sent it, so that one code casts both.
std::string asJson(const Arguments &arguments, int index)
{
    std::string out;
    if (arguments.type(index) == SQLITE_FLOAT)
        appendReal(out, arguments.real(index), false);
    else if (arguments.type(index) == SQLITE_INTEGER)
        out = std::to_string(arguments.integer(index));
    else
        appendJsonString(out, arguments.text(index));
    return out;
}

void castFunction(sqlite3_context *context, const Arguments &arguments)
{
    TokenStream tokens(arguments.text(0));
    const DataType type = parseType(tokens);
    const std::string json = asJson(arguments, 1);
    JsonTape tape;
    tape.parse(json);
    TextArena arena;
    std::string problem;
    const Cell cell = castValue(JsonRef(tape, 0), type, {}, arena, problem);
    if (cell.kind == Cell::Kind::Real)
        setReal(context, cell.real);
    else
        sqlite3_result_int64(context, cell.integer);
}

void divide(sqlite3_context *context, const Arguments &arguments)
{
    const bool whole = arguments.type(0) == SQLITE_INTEGER && arguments.type(1) == SQLITE_INTEGER;
    if (whole && arguments.integer(1) == 0)
        throw parseError("/ by zero");
    if (whole && arguments.integer(1) == -1)
        sqlite3_result_int64(
            context, static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(arguments.integer(0))));
    else if (whole)
        sqlite3_result_int64(context, arguments.integer(0) / arguments.integer(1));
    else
        setReal(context, arguments.real(0) / arguments.real(1));
}

void modulo(sqlite3_context *context, const Arguments &arguments)
{
    const bool whole = arguments.type(0) == SQLITE_INTEGER && arguments.type(1) == SQLITE_INTEGER;
    if (whole && arguments.integer(1) == 0)
        throw parseError("/ by zero");
    if (whole && arguments.integer(1) == -1) // the least number has no positive one
        sqlite3_result_int64(context, 0);
    else if (whole)
        sqlite3_result_int64(context, arguments.integer(0) % arguments.integer(1));
    else
        setReal(context, std::fmod(arguments.real(0), arguments.real(1)));
}

void concatenate(sqlite3_context *context, const Arguments &arguments)
{
    std::string out;
    for (int i = 0; i < arguments.count(); ++i)
        out += arguments.isNull(i) ? "" : arguments.text(i);
    setText(context, out);
}

void roundTo(sqlite3_context *context, const Arguments &arguments)
{
    if (arguments.count() == 1) {
        sqlite3_result_int64(context, std::llround(arguments.real(0)));
        return;
    }
    const double scale = std::pow(10.0, static_cast<double>(arguments.integer(1)));
    setReal(context, std::round(arguments.real(0) * scale) / scale);
}

void floorOf(sqlite3_context *context, const Arguments &arguments)
{
    sqlite3_result_int64(context, static_cast<std::int64_t>(std::floor(arguments.real(0))));
}

void ceilOf(sqlite3_context *context, const Arguments &arguments)
{
    sqlite3_result_int64(context, static_cast<std::int64_t>(std::ceil(arguments.real(0))));
}

void matches(sqlite3_context *context, const Arguments &arguments)
{
    const std::string pattern(arguments.text(0));
    const std::string text(arguments.text(1));
    regex_t compiled{};
    if (::regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) != 0)
        throw parseError("Invalid regular expression: " + pattern);
    const bool found = ::regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
    ::regfree(&compiled);
    sqlite3_result_int(context, found ? 1 : 0);
}

std::mt19937_64 &generator()
{
    static std::mt19937_64 engine(20170101);
    return engine;
}

void randomNumber(sqlite3_context *context, const Arguments &)
{
    setReal(context, std::uniform_real_distribution<double>()(generator()));
}

void randomId(sqlite3_context *context, const Arguments &)
{
    char text[32];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(generator()()));
    setText(context, text);
}

void noSleep(sqlite3_context *context, const Arguments &)
{
    sqlite3_result_int(context, 0); // one thread serves all nodes: it must not sleep
}

} // namespace

std::string_view Arguments::text(int index) const
{
    const void *text = sqlite3_value_text(m_values[index]);
    const int bytes = sqlite3_value_bytes(m_values[index]);
    return {static_cast<const char *>(text), static_cast<std::size_t>(bytes)};
}

bool Arguments::anyNull() const
{
    for (int i = 0; i < m_count; ++i) {
        if (isNull(i))
            return true;
    }
    return false;
}

void setText(sqlite3_context *context, std::string_view text)
{
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void setReal(sqlite3_context *context, double value)
{
    sqlite3_result_double(context, value);
}

void registerFunction(sqlite3 *connection, const FunctionEntry &entry)
{
    sqlite3_create_function(connection, entry.name, entry.arguments,
        SQLITE_UTF8 | SQLITE_DETERMINISTIC, const_cast<FunctionEntry *>(&entry), invoke, nullptr,
        nullptr);
}

void registerFunctions(sqlite3 *connection)
{
    static constexpr FunctionEntry Entries[] = {
        {"crate_cast", 2, true, castFunction}, {"crate_div", 2, true, divide},
        {"crate_mod", 2, true, modulo}, {"crate_concat", -1, false, concatenate},
        {"crate_round", -1, true, roundTo}, {"crate_floor", 1, true, floorOf},
        {"crate_ceil", 1, true, ceilOf}, {"crate_regexp", 2, true, matches},
        {"crate_random", 0, false, randomNumber}, {"crate_random_id", 0, false, randomId},
        {"crate_sleep", 1, false, noSleep}};
    for (const FunctionEntry &entry : Entries)
        registerFunction(connection, entry);
    registerTimeFunctions(connection);
    registerArrayFunctions(connection);
    registerAggregates(connection);
}

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/functions.h"
#include "tests/fake_cratedb/cast.h"
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/time_text.h"

#include <cmath>
#include <ctime>

namespace fake {

namespace {

void toTime(sqlite3_context *context, const Arguments &arguments)
{
    if (arguments.type(0) == SQLITE_INTEGER) {
        sqlite3_result_value(context, arguments.value(0));
        return;
    }
    if (arguments.type(0) == SQLITE_FLOAT) { // a float is seconds
        sqlite3_result_int64(context, std::llround(arguments.real(0) * 1000));
        return;
    }
    const auto ms = parseTime(arguments.text(0));
    if (!ms)
        failCast(arguments.text(0), TypeKind::Timestamp);
    sqlite3_result_int64(context, *ms);
}

void truncate(sqlite3_context *context, const Arguments &arguments)
{
    const auto ms = truncateTime(arguments.text(0), arguments.text(1), arguments.integer(2));
    if (!ms)
        throw parseError("invalid interval " + std::string(arguments.text(0)));
    sqlite3_result_int64(context, *ms);
}

void bin(sqlite3_context *context, const Arguments &arguments)
{
    const std::int64_t step = arguments.integer(0);
    if (step <= 0)
        throw parseError("Interval cannot be zero");
    const std::int64_t origin = arguments.integer(2);
    const std::int64_t distance = arguments.integer(1) - origin;
    const std::int64_t rest = distance % step;
    sqlite3_result_int64(context, origin + distance - (rest < 0 ? rest + step : rest));
}

void toInterval(sqlite3_context *context, const Arguments &arguments)
{
    if (arguments.type(0) == SQLITE_INTEGER) {
        sqlite3_result_value(context, arguments.value(0));
        return;
    }
    const auto ms = parseInterval(arguments.text(0));
    if (!ms)
        failCast(arguments.text(0), TypeKind::Interval);
    sqlite3_result_int64(context, *ms);
}

void timeZone(sqlite3_context *context, const Arguments &arguments)
{
    const std::int64_t ms = arguments.integer(1);
    sqlite3_result_int64(context, localTime(arguments.text(0), ms));
}

void extractField(sqlite3_context *context, const Arguments &arguments)
{
    const auto value = extractTime(arguments.text(0), arguments.integer(1));
    if (!value)
        throw parseError("extract field " + std::string(arguments.text(0)));
    if (arguments.text(0) == "epoch")
        setReal(context, *value);
    else
        sqlite3_result_int64(context, static_cast<std::int64_t>(*value));
}

/// date_format([format [, zone,]] time), with MySQL's format letters.
void dateFormat(sqlite3_context *context, const Arguments &arguments)
{
    const int count = arguments.count();
    const std::string_view zone = count == 3 ? arguments.text(1) : std::string_view();
    const std::int64_t ms = localTime(zone, arguments.integer(count - 1));
    if (count == 1) {
        setText(context, formatTime(ms));
        return;
    }
    std::string format;
    const std::string_view written = arguments.text(0);
    for (std::size_t i = 0; i < written.size(); ++i) {
        format += written[i];
        if (written[i] != '%' || i + 1 == written.size())
            continue;
        const char letter = written[++i];
        if (letter == 'i')
            format += 'M';
        else if (letter == 's')
            format += 'S';
        else
            format += letter;
    }
    const std::time_t seconds = static_cast<std::time_t>(std::floor(static_cast<double>(ms) / 1000));
    std::tm tm{};
    ::gmtime_r(&seconds, &tm);
    char text[128];
    setText(context, {text, std::strftime(text, sizeof text, format.c_str(), &tm)});
}

} // namespace

void registerTimeFunctions(sqlite3 *connection)
{
    static constexpr FunctionEntry Entries[] = {{"crate_time", 1, true, toTime},
        {"crate_date_trunc", 3, true, truncate}, {"crate_date_bin", 3, true, bin},
        {"crate_interval", 1, true, toInterval}, {"crate_timezone", 2, true, timeZone},
        {"crate_extract", 2, true, extractField}, {"crate_date_format", -1, true, dateFormat}};
    for (const FunctionEntry &entry : Entries)
        registerFunction(connection, entry);
}

} // namespace fake

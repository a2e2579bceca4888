// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/cast.h"
#include "tests/fake_cratedb/functions.h"
#include "tests/fake_cratedb/json_tape.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace fake {

namespace {

/// What an aggregate has gathered. SQLite gives zeroed memory of its own, so a pointer lives there.
struct State
{
    std::vector<double> numbers;
    std::vector<double> fractions;
    bool manyFractions = false;
    std::string json;
    sqlite3_value *best = nullptr;
    sqlite3_value *bestKey = nullptr;

    State() = default;
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State()
    {
        sqlite3_value_free(best);
        sqlite3_value_free(bestKey);
    }
};

State &state(sqlite3_context *context)
{
    auto **slot = static_cast<State **>(sqlite3_aggregate_context(context, sizeof(State *)));
    if (*slot == nullptr)
        *slot = new State;
    return **slot;
}

std::unique_ptr<State> finished(sqlite3_context *context)
{
    auto **slot = static_cast<State **>(sqlite3_aggregate_context(context, 0));
    return std::unique_ptr<State>(slot == nullptr ? nullptr : *slot);
}

/// array_agg(value, kind): kind 1 is a boolean, 2 is JSON already.
void arrayStep(sqlite3_context *context, int count, sqlite3_value **values)
{
    const Arguments arguments(count, values);
    std::string &out = state(context).json;
    out += out.empty() ? "" : ",";
    if (arguments.isNull(0))
        out += "null";
    else if (arguments.integer(1) == 1)
        out += arguments.integer(0) != 0 ? "true" : "false";
    else if (arguments.type(0) == SQLITE_FLOAT)
        appendReal(out, arguments.real(0), false);
    else if (arguments.type(0) == SQLITE_INTEGER || arguments.integer(1) == 2)
        out += arguments.text(0);
    else
        appendJsonString(out, arguments.text(0));
}

void arrayEnd(sqlite3_context *context)
{
    const auto result = finished(context);
    setText(context, "[" + (result ? result->json : std::string()) + "]");
}

void readFractions(State &into, const Arguments &arguments)
{
    if (arguments.type(1) != SQLITE_TEXT) {
        into.fractions.push_back(arguments.real(1));
        return;
    }
    into.manyFractions = true;
    JsonTape tape;
    if (!tape.parse(arguments.text(1)))
        return;
    const JsonRef array(tape, 0);
    JsonRef item = array.first();
    for (std::uint32_t i = 0; i < array.count(); ++i, item = item.next())
        into.fractions.push_back(std::stod(std::string(item.text())));
}

void percentileStep(sqlite3_context *context, int count, sqlite3_value **values)
{
    const Arguments arguments(count, values);
    State &gathered = state(context);
    if (gathered.fractions.empty())
        readFractions(gathered, arguments);
    if (!arguments.isNull(0))
        gathered.numbers.push_back(arguments.real(0));
}

/// Between the two nearest values, in proportion.
double percentile(const std::vector<double> &sorted, double fraction)
{
    const double place = fraction * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - static_cast<double>(below));
}

void percentileEnd(sqlite3_context *context)
{
    const auto result = finished(context);
    if (!result || result->numbers.empty()) {
        sqlite3_result_null(context);
        return;
    }
    std::sort(result->numbers.begin(), result->numbers.end());
    if (!result->manyFractions) {
        setReal(context, percentile(result->numbers, result->fractions[0]));
        return;
    }
    std::string out;
    for (const double fraction : result->fractions) {
        out += out.empty() ? "[" : ",";
        appendReal(out, percentile(result->numbers, fraction), false);
    }
    setText(context, out + "]");
}

void numberStep(sqlite3_context *context, int, sqlite3_value **values)
{
    if (sqlite3_value_type(values[0]) != SQLITE_NULL)
        state(context).numbers.push_back(sqlite3_value_double(values[0]));
}

void deviationEnd(sqlite3_context *context)
{
    const auto result = finished(context);
    if (!result || result->numbers.empty()) {
        sqlite3_result_null(context);
        return;
    }
    const auto count = static_cast<double>(result->numbers.size());
    double mean = 0;
    for (const double number : result->numbers)
        mean += number / count;
    double squares = 0;
    for (const double number : result->numbers)
        squares += (number - mean) * (number - mean);
    setReal(context, std::sqrt(squares / count));
}

template<int sign>
void bestStep(sqlite3_context *context, int, sqlite3_value **values)
{
    State &gathered = state(context);
    if (sqlite3_value_type(values[1]) == SQLITE_NULL)
        return;
    const double key = sqlite3_value_double(values[1]);
    if (gathered.bestKey != nullptr && (key - sqlite3_value_double(gathered.bestKey)) * sign <= 0)
        return;
    sqlite3_value_free(gathered.best);
    sqlite3_value_free(gathered.bestKey);
    gathered.best = sqlite3_value_dup(values[0]);
    gathered.bestKey = sqlite3_value_dup(values[1]);
}

void bestEnd(sqlite3_context *context)
{
    const auto result = finished(context);
    if (result && result->best != nullptr)
        sqlite3_result_value(context, result->best);
    else
        sqlite3_result_null(context);
}

} // namespace

void registerAggregates(sqlite3 *connection)
{
    const auto add = [connection](const char *name, int count, auto step, auto end) {
        sqlite3_create_function(connection, name, count, SQLITE_UTF8, nullptr, nullptr, step, end);
    };
    add("crate_array_agg", 2, arrayStep, arrayEnd);
    add("crate_percentile", 2, percentileStep, percentileEnd);
    add("crate_stddev", 1, numberStep, deviationEnd);
    add("crate_max_by", 2, bestStep<1>, bestEnd);
    add("crate_min_by", 2, bestStep<-1>, bestEnd);
}

} // namespace fake

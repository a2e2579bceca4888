// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <sqlite3.h>
#include <string>
#include <string_view>

namespace fake {

/// The arguments of a SQL function. What it throws becomes the statement's error.
class Arguments
{
public:
    Arguments(int count, sqlite3_value **values) : m_count(count), m_values(values) {}

    int count() const { return m_count; }
    sqlite3_value *value(int index) const { return m_values[index]; }
    bool isNull(int index) const { return type(index) == SQLITE_NULL; }
    int type(int index) const { return sqlite3_value_type(m_values[index]); }
    std::int64_t integer(int index) const { return sqlite3_value_int64(m_values[index]); }
    double real(int index) const { return sqlite3_value_double(m_values[index]); }
    std::string_view text(int index) const;
    bool anyNull() const;

private:
    int m_count;
    sqlite3_value **m_values;
};

using Function = void (*)(sqlite3_context *, const Arguments &);

struct FunctionEntry
{
    const char *name;
    int arguments; ///< -1 for any
    bool nullIsNull;
    Function function;
};

void registerFunction(sqlite3 *connection, const FunctionEntry &entry);
void setText(sqlite3_context *context, std::string_view text);
void setReal(sqlite3_context *context, double value);

void registerTimeFunctions(sqlite3 *connection);
void registerArrayFunctions(sqlite3 *connection);
void registerAggregates(sqlite3 *connection);

} // namespace fake

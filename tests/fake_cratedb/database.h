// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <sqlite3.h>
#include <string>
#include <string_view>

namespace fake {

/// What SQLite stores for one value. Text is not owned: it points into the request or its arena.
struct Cell
{
    enum class Kind : std::uint8_t { Null, Integer, Real, Text };

    Kind kind = Kind::Null;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text;

    static Cell of(std::int64_t value) { return {Kind::Integer, value, 0, {}}; }
    static Cell of(double value) { return {Kind::Real, 0, value, {}}; }
    static Cell of(std::string_view value) { return {Kind::Text, 0, 0, value}; }
    bool isNull() const { return kind == Kind::Null; }
};

/// A prepared statement. Parameters count from 1, columns from 0.
class Statement
{
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt *statement) : m_statement(statement) {}

    void bind(int index, const Cell &cell);
    /// True when there is a row. A failure becomes a SqlError.
    bool step();
    void reset();
    Cell cell(int column) const;
    int columns() const { return sqlite3_column_count(m_statement.get()); }
    int parameters() const { return sqlite3_bind_parameter_count(m_statement.get()); }
    explicit operator bool() const { return m_statement != nullptr; }

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// The storage behind all nodes. Thread-bound.
class Database
{
public:
    explicit Database(const std::string &file);

    void run(const std::string &sql);
    Statement prepare(const std::string &sql);
    std::int64_t value(const std::string &sql);
    std::int64_t changes() const { return sqlite3_changes64(m_connection.get()); }
    std::int64_t lastRow() const { return sqlite3_last_insert_rowid(m_connection.get()); }
    sqlite3 *handle() const { return m_connection.get(); }

private:
    struct Close
    {
        void operator()(sqlite3 *connection) const { sqlite3_close_v2(connection); }
    };
    std::unique_ptr<sqlite3, Close> m_connection;
};

/// Commits at the end unless an exception passes.
class Transaction
{
public:
    explicit Transaction(Database &database);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    void commit();

private:
    Database &m_database;
    bool m_open = true;
};

/// A name or text as SQL.
std::string quoteName(std::string_view name);
std::string quoteText(std::string_view text);

} // namespace fake

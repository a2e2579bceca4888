#pragma once
#include "libfacetrack/base/result.h"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

/// A thin skin over SQLite's C interface: handles that close themselves, failures as Result.
/// Internal to the store room. A connection and its statements belong to one thread at a time.
namespace facetrack::sqlite {

/// The last failure of a connection in words that a person can act on.
Error lastError(sqlite3 *connection, const std::string &where);

/// A prepared statement, used again and again. Columns count from 0, parameters from 1.
class Statement
{
public:
    Statement() = default;
    Statement(sqlite3_stmt *statement, std::string where);

    Statement &bind(int index, std::int64_t value);
    /// The text is not copied: it must live until reset().
    Statement &bind(int index, std::string_view text);

    /// True when there is a row to read, false at the end.
    Result<bool> step();
    /// Steps to the end and resets.
    Result<void> run();
    /// Steps once, reads the first column, resets; `otherwise` when there is no row or it is NULL.
    Result<std::int64_t> value(std::int64_t otherwise = 0);
    void reset();

    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    std::string_view text(int column) const; ///< valid until the next step or reset

private:
    struct Finalize { void operator()(sqlite3_stmt *statement) const; };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    std::string m_where;
};

/// Resets a statement at the end of a scope, so that no read transaction stays open.
class ResetGuard
{
public:
    explicit ResetGuard(Statement &statement) : m_statement(statement) {}
    ~ResetGuard() { m_statement.reset(); }
    ResetGuard(const ResetGuard &) = delete;
    ResetGuard &operator=(const ResetGuard &) = delete;

private:
    Statement &m_statement;
};

/// One connection to a database file.
class Database
{
public:
    enum class Mode { ReadWriteCreate, ReadOnly };

    Database() = default;
    static Result<Database> open(const std::filesystem::path &file, Mode mode);

    Result<void> execute(const char *sql);
    Result<Statement> prepare(std::string_view sql);
    /// Prepares several at once into the statements named.
    Result<void> prepareAll(std::initializer_list<std::pair<Statement *, const char *>> statements);
    /// First column of the first row of `sql`.
    Result<std::int64_t> value(std::string_view sql);
    /// Rows changed by the last statement.
    std::int64_t changes() const;
    /// Undoes a transaction that is open; nothing when there is none.
    void rollback();
    /// Moves the write-ahead log into the database and cuts its file to nothing, if no reader is in
    /// the way; does not wait long.
    void truncateLog();
    const std::string &where() const { return m_where; }

private:
    struct Close { void operator()(sqlite3 *connection) const; };
    std::unique_ptr<sqlite3, Close> m_connection;
    std::string m_where;
};

} // namespace facetrack::sqlite

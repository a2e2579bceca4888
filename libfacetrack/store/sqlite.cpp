#include "libfacetrack/store/sqlite.h"

#include <cerrno>
#include <cstring>
#include <sqlite3.h>

namespace facetrack::sqlite {

namespace {

struct Meaning
{
    ErrorCode code;
    const char *message;
    const char *advice;
};

Meaning meaningOf(int code, int systemError)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {ErrorCode::Full, "the disk is full", "free some space on its file system"};
    case SQLITE_IOERR:
        if (systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG)
            return {ErrorCode::Full, "the disk or a quota is full",
                    "free some space on its file system"};
        return {ErrorCode::Io, "reading or writing failed",
                "check the disk or SD card, and that there is room on it"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::Denied, "it cannot be written",
                "check owner and permissions, and that the file system is not read-only"};
    case SQLITE_CANTOPEN:
        return {ErrorCode::Io, "it cannot be opened", "check that the directory can be written"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorCode::Corrupt, "it is damaged or not a facetrack journal",
                "move the file away; a new one is made at the next start"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Unavailable, "another program keeps it locked",
                "close the program that has it open"};
    default:
        return {ErrorCode::Internal, "SQLite refused", ""};
    }
}

} // namespace

Error lastError(sqlite3 *connection, const std::string &where)
{
    const int code = sqlite3_extended_errcode(connection);
    const int systemError = sqlite3_system_errno(connection);
    const Meaning meaning = meaningOf(code, systemError);
    std::string message = meaning.message;
    message += std::string(" (SQLite ") + std::to_string(code) + ": " + sqlite3_errmsg(connection);
    if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) {
        if (systemError != 0)
            message += std::string(", ") + std::strerror(systemError);
    }
    message += ")";
    return Error{meaning.code, where, message, meaning.advice};
}

void Statement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Statement::Statement(sqlite3_stmt *statement, std::string where)
    : m_statement(statement), m_where(std::move(where))
{
}

Statement &Statement::bind(int index, std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), index, value);
    return *this;
}

Statement &Statement::bind(int index, std::string_view text)
{
    // A null pointer would bind NULL instead of the empty text.
    sqlite3_bind_text(m_statement.get(), index, text.empty() ? "" : text.data(),
                      static_cast<int>(text.size()), SQLITE_STATIC);
    return *this;
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return tl::unexpected(lastError(sqlite3_db_handle(m_statement.get()), m_where));
}

Result<void> Statement::run()
{
    const ResetGuard guard(*this);
    for (;;) {
        const Result<bool> more = step();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return {};
    }
}

Result<std::int64_t> Statement::value(std::int64_t otherwise)
{
    const ResetGuard guard(*this);
    const Result<bool> row = step();
    if (!row)
        return tl::unexpected(row.error());
    return *row && !isNull(0) ? integer(0) : otherwise;
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string_view Statement::text(int column) const
{
    const auto *text = reinterpret_cast<const char *>(
        sqlite3_column_text(m_statement.get(), column));
    if (!text)
        return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

void Database::Close::operator()(sqlite3 *connection) const
{
    sqlite3_close_v2(connection);
}

Result<Database> Database::open(const std::filesystem::path &file, Mode mode)
{
    Database database;
    database.m_where = file.string();
    const int flags = SQLITE_OPEN_NOMUTEX
        | (mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY
                                  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3 *connection = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
    database.m_connection.reset(connection);
    if (code != SQLITE_OK)
        return tl::unexpected(lastError(connection, database.m_where));
    sqlite3_extended_result_codes(connection, 1);
    sqlite3_busy_timeout(connection, 250);
    return database;
}

Result<void> Database::execute(const char *sql)
{
    if (sqlite3_exec(m_connection.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return tl::unexpected(lastError(m_connection.get(), m_where));
    return {};
}

Result<Statement> Database::prepare(std::string_view sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(m_connection.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr)
        != SQLITE_OK)
        return tl::unexpected(lastError(m_connection.get(), m_where));
    return Statement(statement, m_where);
}

Result<void>
Database::prepareAll(std::initializer_list<std::pair<Statement *, const char *>> statements)
{
    for (const auto &[statement, sql] : statements) {
        auto prepared = prepare(sql);
        if (!prepared)
            return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return {};
}

Result<std::int64_t> Database::value(std::string_view sql)
{
    auto statement = prepare(sql);
    if (!statement)
        return tl::unexpected(statement.error());
    return statement->value();
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_connection.get());
}

void Database::rollback()
{
    if (sqlite3_get_autocommit(m_connection.get()) == 0)
        sqlite3_exec(m_connection.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::truncateLog()
{
    sqlite3_wal_checkpoint_v2(m_connection.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                              nullptr);
}

} // namespace facetrack::sqlite

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/database.h"

#include "tests/fake_cratedb/sql_error.h"

namespace fake {

namespace {

/// Our own functions say what CrateDB would; anything else is this stand-in's limit.
SqlError failure(sqlite3 *connection)
{
    return parseError(sqlite3_errmsg(connection));
}

std::string quoted(std::string_view text, char quote)
{
    std::string out(1, quote);
    for (const char c : text) {
        if (c == quote)
            out += quote;
        out += c;
    }
    return out + quote;
}

} // namespace

std::string quoteName(std::string_view name)
{
    return quoted(name, '"');
}

std::string quoteText(std::string_view text)
{
    return quoted(text, '\'');
}

void Statement::bind(int index, const Cell &cell)
{
    sqlite3_stmt *statement = m_statement.get();
    switch (cell.kind) {
    case Cell::Kind::Null:
        sqlite3_bind_null(statement, index);
        break;
    case Cell::Kind::Integer:
        sqlite3_bind_int64(statement, index, cell.integer);
        break;
    case Cell::Kind::Real:
        sqlite3_bind_double(statement, index, cell.real);
        break;
    case Cell::Kind::Text:
        sqlite3_bind_text64(statement, index, cell.text.data() == nullptr ? "" : cell.text.data(),
            cell.text.size(), SQLITE_STATIC, SQLITE_UTF8);
        break;
    }
}

bool Statement::step()
{
    const int result = sqlite3_step(m_statement.get());
    if (result == SQLITE_ROW)
        return true;
    if (result == SQLITE_DONE)
        return false;
    const SqlError error = failure(sqlite3_db_handle(m_statement.get()));
    reset();
    throw error;
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

Cell Statement::cell(int column) const
{
    sqlite3_stmt *statement = m_statement.get();
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
        return {};
    case SQLITE_INTEGER:
        return Cell::of(static_cast<std::int64_t>(sqlite3_column_int64(statement, column)));
    case SQLITE_FLOAT:
        return Cell::of(sqlite3_column_double(statement, column));
    default: {
        const void *text = sqlite3_column_text(statement, column);
        const int bytes = sqlite3_column_bytes(statement, column);
        return Cell::of(std::string_view(static_cast<const char *>(text),
            static_cast<std::size_t>(bytes)));
    }
    }
}

Database::Database(const std::string &file)
{
    // One thread: locks and statistics of SQLite's would cost a tenth of the time.
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3 *connection = nullptr;
    const int result = sqlite3_open(file.c_str(), &connection);
    m_connection.reset(connection);
    if (result != SQLITE_OK)
        throw failure(connection);
    // A killed stand-in keeps in its file what it has acknowledged; a power cut is not tested here.
    run("PRAGMA synchronous = OFF");
    run("PRAGMA temp_store = MEMORY");
    run("PRAGMA cache_size = -200000");
    run("PRAGMA case_sensitive_like = ON");
    run(file == ":memory:" ? "PRAGMA journal_mode = MEMORY" : "PRAGMA journal_mode = WAL");
}

void Database::run(const std::string &sql)
{
    if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw failure(handle());
}

Statement Database::prepare(const std::string &sql)
{
    sqlite3_stmt *statement = nullptr;
    const int bytes = static_cast<int>(sql.size());
    if (sqlite3_prepare_v2(handle(), sql.c_str(), bytes, &statement, nullptr) != SQLITE_OK)
        throw failure(handle());
    return Statement(statement);
}

std::int64_t Database::value(const std::string &sql)
{
    Statement statement = prepare(sql);
    return statement.step() ? statement.cell(0).integer : 0;
}

Transaction::Transaction(Database &database) : m_database(database)
{
    m_database.run("BEGIN");
}

void Transaction::commit()
{
    m_database.run("COMMIT");
    m_open = false;
}

Transaction::~Transaction()
{
    if (m_open)
        sqlite3_exec(m_database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/engine.h"

namespace fake {

/// A database of an earlier run: its CREATE and ALTER statements are read again.
void Engine::restore()
{
    std::vector<std::string> statements;
    Statement all = m_database.prepare("SELECT statement FROM _ddl ORDER BY rowid");
    while (all.step())
        statements.emplace_back(all.cell(0).text);
    all.reset();
    const Session session;
    const Context context{m_database, m_catalog, session, m_discard};
    Transaction transaction(m_database); // a kill meanwhile must not lose them
    m_database.run("DELETE FROM _ddl");
    for (const std::string &statement : statements) {
        TokenStream tokens(statement);
        SqlResult ignored;
        runDdl(tokens, context, ignored);
    }
    transaction.commit();
    for (const auto &[name, table] : m_catalog.tables()) {
        table->lastRow = m_database.value("SELECT max(rowid) FROM " + quoteName(name));
        table->visibleRow = table->lastRow;
        if (table->partitionColumn < 0)
            continue;
        const auto &column = table->columns[static_cast<std::size_t>(table->partitionColumn)];
        Statement parts = m_database.prepare("SELECT DISTINCT " + quoteName(column.name) + " FROM "
            + quoteName(name));
        while (parts.step())
            table->partitions[parts.cell(0).integer];
    }
}

std::string Engine::raw(const std::string &sql)
{
    Statement statement = m_database.prepare(sql);
    std::vector<OutputColumn> columns;
    for (int i = 0; i < statement.columns(); ++i)
        columns.push_back({std::to_string(i), {}, false});
    return fetch(statement, columns).rows;
}

std::string Engine::keys(const std::string &table)
{
    const std::size_t dot = table.find('.');
    const RelationName name = dot == std::string::npos
        ? RelationName{"doc", table}
        : RelationName{table.substr(0, dot), table.substr(dot + 1)};
    std::string list;
    for (const std::string &key : m_catalog.table(name).keyNames())
        list += (list.empty() ? "" : ", ") + quoteName(key);
    Statement statement = m_database.prepare(
        "SELECT " + (list.empty() ? "rowid" : list) + " FROM " + quoteName(name.full()));
    std::string out;
    while (statement.step()) {
        for (int i = 0; i < statement.columns(); ++i) {
            const Cell cell = statement.cell(i);
            out += i == 0 ? "" : "\t";
            out += cell.kind == Cell::Kind::Integer ? std::to_string(cell.integer)
                                                    : std::string(cell.text);
        }
        out += '\n';
    }
    return out;
}

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/catalog.h"

#include "tests/fake_cratedb/sql_error.h"

#include <algorithm>

namespace fake {

Table *Catalog::find(const RelationName &name)
{
    const auto found = m_tables.find(name.full());
    return found == m_tables.end() ? nullptr : found->second.get();
}

Table &Catalog::table(const RelationName &name)
{
    if (Table *table = find(name))
        return *table;
    failUnknown(name);
}

void Catalog::failUnknown(const RelationName &name) const
{
    if (!schemaExists(name.schema))
        throw schemaUnknown(name.schema);
    // A name without a schema is echoed as it was written.
    throw relationUnknown(name.schema == "doc" ? name.name : name.full());
}

bool Catalog::schemaExists(const std::string &schema) const
{
    return m_schemas.contains(schema)
        || std::any_of(m_tables.begin(), m_tables.end(),
            [&](const auto &entry) { return entry.second->schema == schema; });
}

Table &Catalog::add(Table table)
{
    changed();
    const std::string name = table.fullName();
    auto &slot = m_tables[name];
    slot = std::make_unique<Table>(std::move(table));
    return *slot;
}

void Catalog::drop(const RelationName &name)
{
    changed();
    m_tables.erase(name.full());
}

void Catalog::refreshAll()
{
    for (const auto &[name, table] : m_tables)
        table->visibleRow = table->lastRow;
}

} // namespace fake

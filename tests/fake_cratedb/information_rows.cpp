// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/system_rows.h"

namespace fake {

namespace {

template<typename Visit>
void eachVisible(Catalog &catalog, const Session &session, Visit visit)
{
    for (const auto &[name, table] : catalog.tables()) {
        if (catalog.users().seesSchema(session.user, table->schema))
            visit(*table);
    }
}

json setting(const Table &table, const std::string &name, json otherwise)
{
    const auto found = table.settings.find(name);
    return found == table.settings.end() ? otherwise : found->second;
}

json settingsOf(const Table &table)
{
    json out = {{"refresh_interval", setting(table, "refresh_interval", 1000)},
        {"write", {{"wait_for_active_shards", setting(table, "write.wait_for_active_shards", "1")}}},
        {"blocks", json::object()}};
    for (const char *block : {"write", "read_only", "read_only_allow_delete", "read", "metadata"})
        out["blocks"][block] = table.blocks.contains(block);
    return out;
}

void addColumn(json &rows, const Table &table, const std::string &name, const DataType &type,
    const Column &column, bool nested)
{
    json row = {{"table_schema", table.schema}, {"table_name", table.name}, {"column_name", name},
        {"data_type", type.name()}, {"is_nullable", column.notNull && !nested ? "NO" : "YES"},
        {"is_generated", column.isGenerated() ? "ALWAYS" : "NEVER"},
        {"ordinal_position", rows.size() + 1}};
    if (column.isGenerated())
        row["generation_expression"]
            = "date_trunc('" + column.generatedUnit + "', " + column.generatedFrom + ")";
    if (!column.defaultText.empty())
        row["column_default"] = column.defaultText;
    rows.push_back(std::move(row));
    const DataType &holder = type.is(TypeKind::Array) ? *type.element : type;
    if (!holder.members)
        return;
    for (const ObjectMember &member : *holder.members)
        addColumn(rows, table, name + "['" + member.name + "']", member.type, column, true);
}

} // namespace

json tableRows(Catalog &catalog, const Session &session)
{
    json rows = json::array();
    eachVisible(catalog, session, [&](const Table &table) {
        json row = {{"table_schema", table.schema}, {"table_name", table.name},
            {"table_type", "BASE TABLE"}, {"number_of_shards", table.shards},
            {"number_of_replicas", table.replicas()}, {"clustered_by", table.clusteredBy},
            {"column_policy", setting(table, "column_policy", "strict")}, {"closed", table.closed},
            {"settings", settingsOf(table)}};
        if (table.partitionColumn >= 0)
            row["partitioned_by"]
                = {table.columns[static_cast<std::size_t>(table.partitionColumn)].name};
        rows.push_back(std::move(row));
    });
    return rows;
}

json columnRows(Catalog &catalog, const Session &session)
{
    json rows = json::array();
    eachVisible(catalog, session, [&](const Table &table) {
        json own = json::array();
        for (const Column &column : table.columns)
            addColumn(own, table, column.name, column.type, column, false);
        rows.insert(rows.end(), own.begin(), own.end());
    });
    return rows;
}

json partitionRows(Catalog &catalog, const Session &session)
{
    json rows = json::array();
    eachVisible(catalog, session, [&](const Table &table) {
        for (const auto &[value, partition] : table.partitions) {
            const Column &column = table.columns[static_cast<std::size_t>(table.partitionColumn)];
            json settings = settingsOf(table);
            for (const std::string &block : partition.blocks)
                settings["blocks"][block] = true;
            rows.push_back({{"table_schema", table.schema}, {"table_name", table.name},
                {"partition_ident", std::to_string(value)}, {"values", {{column.name, value}}},
                {"number_of_shards", table.shards}, {"number_of_replicas", table.replicas()},
                {"closed", false}, {"settings", std::move(settings)}});
        }
    });
    return rows;
}

json schemaRows(Catalog &catalog, const Session &session)
{
    std::set<std::string> names{"doc", "information_schema", "sys", "pg_catalog", "blob"};
    eachVisible(catalog, session, [&](const Table &table) { names.insert(table.schema); });
    json rows = json::array();
    for (const std::string &name : names)
        rows.push_back({{"schema_name", name}});
    return rows;
}

json keyRows(Catalog &catalog, const Session &session)
{
    json rows = json::array();
    eachVisible(catalog, session, [&](const Table &table) {
        int position = 0;
        for (const std::string &name : table.keyNames())
            rows.push_back({{"table_schema", table.schema}, {"table_name", table.name},
                {"column_name", name}, {"ordinal_position", ++position}});
    });
    return rows;
}

} // namespace fake

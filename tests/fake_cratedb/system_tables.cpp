// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/system_tables.h"

#include "tests/fake_cratedb/database.h"
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/system_rows.h"

namespace fake {

namespace {

struct SystemTable
{
    const char *schema;
    const char *name;
    const char *columns; ///< as in CREATE TABLE, in the order of SELECT *
    json (*rows)(Catalog &, const Session &);
};

json noRows(Catalog &, const Session &)
{
    return json::array();
}

constexpr SystemTable Tables[] = {
    {"information_schema", "tables",
        "blobs_path text, closed boolean, clustered_by text, column_policy text, "
        "number_of_replicas text, number_of_shards integer, partitioned_by array(text), "
        "settings object, table_name text, table_schema text, table_type text",
        tableRows},
    {"information_schema", "columns",
        "character_maximum_length integer, column_default text, column_name text, data_type text, "
        "generation_expression text, is_generated text, is_nullable text, ordinal_position integer, "
        "table_name text, table_schema text",
        columnRows},
    {"information_schema", "table_partitions",
        "closed boolean, number_of_replicas text, number_of_shards integer, partition_ident text, "
        "settings object, table_name text, table_schema text, values object",
        partitionRows},
    {"information_schema", "schemata", "schema_name text", schemaRows},
    {"information_schema", "key_column_usage",
        "column_name text, ordinal_position integer, table_name text, table_schema text", keyRows},
    {"sys", "cluster", "id text, license object, master_node text, name text, settings object",
        clusterRows},
    {"sys", "nodes",
        "attributes object, cluster_state_version bigint, connections object, fs object, "
        "heap object, hostname text, id text, is_master boolean, load object, mem object, name text, "
        "os object, os_info object, port object, process object, rest_url text, roles array(text), "
        "thread_pools array(object), version object",
        nodeRows},
    {"sys", "health",
        "health text, missing_shards bigint, partition_ident text, severity integer, "
        "table_name text, table_schema text, underreplicated_shards bigint",
        healthRows},
    {"sys", "cluster_health",
        "description text, health text, missing_shards bigint, pending_tasks bigint, "
        "severity integer, underreplicated_shards bigint",
        clusterHealthRows},
    {"sys", "shards",
        "id integer, num_docs bigint, partition_ident text, primary boolean, routing_state text, "
        "schema_name text, size bigint, state text, table_name text",
        shardRows},
    {"sys", "checks", "description text, id integer, node_id text, passed boolean, severity integer",
        checkRows},
    {"sys", "node_checks",
        "acknowledged boolean, description text, id integer, node_id text, passed boolean, "
        "severity integer",
        noRows},
    {"sys", "jobs",
        "id text, node object, started timestamp with time zone, stmt text, username text",
        noRows},
    {"sys", "jobs_log",
        "ended timestamp with time zone, error text, id text, node object, "
        "started timestamp with time zone, stmt text, username text",
        noRows},
    {"sys", "users", "granted_roles array(object), jwt object, name text, password text, "
        "superuser boolean", userRows},
    {"sys", "roles", "granted_roles array(object), name text", roleRows},
    {"sys", "privileges",
        "class text, grantee text, grantor text, ident text, state text, type text", privilegeRows},
};

Query asQuery(const SystemTable &table, const json &rows)
{
    Query out;
    TokenStream tokens(table.columns);
    std::string list;
    do {
        const std::string name = tokens.identifier();
        const std::string path = "'$[" + std::to_string(out.columns.size()) + "]'";
        list += (list.empty() ? "" : ", ") + ("json_extract(value, " + path + ") AS ")
            + quoteName(name);
        out.columns.push_back({name, parseType(tokens), false});
    } while (tokens.accept(","));
    json table2d = json::array();
    for (const json &row : rows) {
        json &cells = table2d.emplace_back(json::array());
        for (const OutputColumn &column : out.columns)
            cells.push_back(row.contains(column.name) ? row[column.name] : json());
    }
    out.sql = "SELECT " + list + " FROM json_each(" + quoteText(table2d.dump()) + ")";
    return out;
}

} // namespace

std::optional<Query> systemTable(Catalog &catalog, const Session &session, const RelationName &name)
{
    for (const SystemTable &table : Tables) {
        if (name.schema == table.schema && name.name == table.name)
            return asQuery(table, table.rows(catalog, session));
    }
    return {};
}

} // namespace fake

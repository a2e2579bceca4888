// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/sql_error.h"
#include "tests/fake_cratedb/system_rows.h"
#include "tests/fake_cratedb/time_text.h"

namespace fake {

namespace {

std::string nodeId(std::size_t index)
{
    return "fakeNode" + std::to_string(index + 1) + "AAAAAAAAAAAAA";
}

json threadPools()
{
    json out = json::array();
    for (const char *name : {"fetch_shard_started", "fetch_shard_store", "flush", "force_merge",
             "generic", "listener", "logical_replication", "management", "refresh", "search",
             "snapshot", "warmer", "write"})
        out.push_back({{"name", name}, {"active", 0}, {"queue", 0}, {"rejected", 0},
            {"completed", 0}, {"largest", 1}, {"threads", 1}});
    return out;
}

json node(const ClusterFacts &cluster, std::size_t index)
{
    const int port = cluster.ports[index];
    const std::string &name = cluster.nodes[index];
    const json disk = {{"size", 270553174016}, {"used", 192849440768}, {"available", 77703733248}};
    return {{"attributes", json::object()}, {"cluster_state_version", 1},
        {"connections", {{"http", {{"open", 1}, {"total", 1}}}}},
        {"fs", {{"total", disk}, {"disks", json::array()}, {"data", json::array()}}},
        {"heap", {{"free", 718680616}, {"used", 355061208}, {"max", 1073741824},
                     {"probe_timestamp", nowMs()}}},
        {"hostname", "vm"}, {"id", nodeId(index)}, {"is_master", index == 0},
        {"load", {{"1", 0.02}, {"5", 0.31}, {"15", 0.42}, {"probe_timestamp", nowMs()}}},
        {"mem", {{"free_percent", 64}, {"used_percent", 36}}}, {"name", name},
        {"os", {{"timestamp", nowMs()}, {"uptime", 1000}}}, {"os_info", {{"name", "Linux"}}},
        {"port", {{"http", port}, {"psql", 5432}, {"transport", 4300}}},
        {"process", {{"cpu", {{"percent", 0}}}}}, {"rest_url", "127.0.0.1:" + std::to_string(port)},
        {"roles", {"data", "master_eligible"}}, {"thread_pools", threadPools()},
        {"version", {{"number", "6.4.3"}, {"build_snapshot", false}, {"build_hash", "stand-in"}}}};
}

std::size_t nodesUp(const ClusterFacts &cluster)
{
    std::size_t count = 0;
    for (const bool up : cluster.up)
        count += up ? 1 : 0;
    return count;
}

} // namespace

json clusterRows(Catalog &catalog, const Session &session)
{
    const json settings = {{"bulk", {{"request_timeout", "1m"}}},
        {"overload_protection", {{"dml", {{"initial_concurrency", 5}, {"max_concurrency", 100},
                                             {"min_concurrency", 1}, {"queue_size", 25}}}}},
        {"cluster", {{"max_shards_per_node", 1000}}}, {"statement_timeout", "0ms"}};
    return json::array({{{"id", "fakeClusterAAAAAAAAAAA"}, {"name", catalog.cluster().name},
        {"master_node", session.noMaster ? json() : json(nodeId(0))}, {"settings", settings}}});
}

json nodeRows(Catalog &catalog, const Session &)
{
    json rows = json::array();
    const ClusterFacts &cluster = catalog.cluster();
    for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
        if (cluster.up[i])
            rows.push_back(node(cluster, i));
    }
    return rows;
}

json healthRows(Catalog &catalog, const Session &)
{
    const ClusterFacts &cluster = catalog.cluster();
    const bool missing = nodesUp(cluster) < cluster.nodes.size();
    json rows = json::array();
    const auto add = [&](const Table &table, const std::string &ident) {
        rows.push_back({{"health", missing ? "YELLOW" : "GREEN"}, {"severity", missing ? 2 : 1},
            {"missing_shards", 0}, {"underreplicated_shards", missing ? table.shards : 0},
            {"partition_ident", ident}, {"table_schema", table.schema}, {"table_name", table.name}});
    };
    for (const auto &[name, table] : catalog.tables()) {
        if (table->partitionColumn < 0)
            add(*table, "");
        for (const auto &[value, partition] : table->partitions)
            add(*table, std::to_string(value));
    }
    return rows;
}

json clusterHealthRows(Catalog &catalog, const Session &session)
{
    if (session.noMaster)
        throw SqlError(503, 5031, "MasterNotDiscoveredException[]");
    const ClusterFacts &cluster = catalog.cluster();
    const bool missing = nodesUp(cluster) < cluster.nodes.size();
    return json::array({{{"description", ""}, {"health", missing ? "YELLOW" : "GREEN"},
        {"severity", missing ? 2 : 1}, {"missing_shards", 0}, {"pending_tasks", 0},
        {"underreplicated_shards", 0}}});
}

json shardRows(Catalog &catalog, const Session &)
{
    json rows = json::array();
    const auto add = [&](const Table &table, const std::string &ident) {
        for (int id = 0; id < table.shards; ++id)
            rows.push_back({{"schema_name", table.schema}, {"table_name", table.name},
                {"partition_ident", ident}, {"id", id}, {"primary", true}, {"state", "STARTED"},
                {"routing_state", "STARTED"}, {"num_docs", 0}, {"size", 208}});
    };
    for (const auto &[name, table] : catalog.tables()) {
        if (table->partitionColumn < 0)
            add(*table, "");
        for (const auto &[value, partition] : table->partitions)
            add(*table, std::to_string(value));
    }
    return rows;
}

json checkRows(Catalog &, const Session &)
{
    return json::array(
        {{{"id", 2}, {"severity", 2}, {"passed", true},
             {"description", "The total number of partitions of one or more partitioned tables "
                             "should not be greater than 1000."}},
            {{"id", 3}, {"severity", 1}, {"passed", true},
                {"description", "The following tables need to be recreated for compatibility with "
                                "future major versions of CrateDB: []"}}});
}

json userRows(Catalog &catalog, const Session &)
{
    json rows = json::array();
    for (const auto &[name, role] : catalog.users().all()) {
        if (role.isUser)
            rows.push_back({{"name", name}, {"superuser", role.superuser}, {"jwt", role.jwt},
                {"password", role.password.empty() ? json() : json("********")}});
    }
    return rows;
}

json roleRows(Catalog &catalog, const Session &)
{
    json rows = json::array();
    for (const auto &[name, role] : catalog.users().all()) {
        if (!role.isUser)
            rows.push_back({{"name", name}});
    }
    return rows;
}

json privilegeRows(Catalog &catalog, const Session &)
{
    json rows = json::array();
    for (const auto &[name, role] : catalog.users().all()) {
        for (const Privilege &privilege : role.privileges)
            rows.push_back({{"grantee", name}, {"grantor", "crate"}, {"class", privilege.level},
                {"ident", privilege.ident.empty() ? json() : json(privilege.ident)},
                {"state", privilege.granted ? "GRANT" : "DENY"}, {"type", privilege.type}});
    }
    return rows;
}

} // namespace fake

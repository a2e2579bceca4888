// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/table.h"
#include "tests/fake_cratedb/users.h"

#include <map>
#include <memory>
#include <set>
#include <string>

namespace fake {

struct RelationName
{
    std::string schema;
    std::string name;

    std::string full() const { return schema + "." + name; }
};

/// What one statement knows of who sent it and how.
struct Session
{
    std::string user = "crate";
    std::string defaultSchema = "doc";
    std::string nodeName = "fake-1";
    int node = 0;
    bool noMaster = false; ///< a fault is in force: this node knows no master
};

/// Names, for facts on this server that sys tables tell.
struct ClusterFacts
{
    std::string name = "fake-cluster";
    std::vector<std::string> nodes = {"fake-1"};
    std::vector<int> ports = {4200};
    std::vector<bool> up = {true};
};

/// All that exists apart from rows. Thread-bound.
class Catalog
{
public:
    Table *find(const RelationName &name);
    /// The table, or the error that CrateDB gives for one that is not there.
    Table &table(const RelationName &name);
    [[noreturn]] void failUnknown(const RelationName &name) const;
    bool schemaExists(const std::string &schema) const;

    Table &add(Table table);
    void drop(const RelationName &name);
    void addSchema(const std::string &name) { m_schemas.insert(name); }
    bool dropSchema(const std::string &name) { return m_schemas.erase(name) > 0; }

    std::map<std::string, std::unique_ptr<Table>> &tables() { return m_tables; }
    std::map<std::string, std::string> &views() { return m_views; } ///< the query of each
    Users &users() { return m_users; }
    const Users &users() const { return m_users; }
    ClusterFacts &cluster() { return m_cluster; }

    /// Changes whenever a plan made before may be wrong.
    int version() const { return m_version; }
    void changed() { ++m_version; }
    /// Rows inserted so far become visible, as the refresh interval does it.
    void refreshAll();
    /// Without a refresh interval rows are visible as soon as they are stored.
    void setAlwaysVisible(bool on) { m_alwaysVisible = on; }
    bool alwaysVisible() const { return m_alwaysVisible; }

private:
    std::map<std::string, std::unique_ptr<Table>> m_tables;
    std::map<std::string, std::string> m_views;
    std::set<std::string> m_schemas{"doc", "blob", "sys", "information_schema", "pg_catalog"};
    Users m_users;
    ClusterFacts m_cluster;
    int m_version = 0;
    bool m_alwaysVisible = false;
};

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace fake {

/// One line of sys.privileges.
struct Privilege
{
    std::string level; ///< CLUSTER, SCHEMA, TABLE
    std::string ident; ///< empty, a schema, "schema.table"
    std::string type;  ///< DQL, DML, DDL, AL
    bool granted = true;
};

struct Role
{
    bool isUser = true;
    bool superuser = false;
    std::string password;
    nlohmann::json jwt; ///< null, or the properties of CREATE USER … WITH (jwt = {…})
    std::vector<Privilege> privileges;
    std::set<std::string> roles; ///< granted to this one
};

/// Who may do what, with CrateDB's manner of saying no: what one may not see does not exist.
class Users
{
public:
    Users();

    Role *find(const std::string &name);
    std::map<std::string, Role> &all() { return m_roles; }
    void create(const std::string &name, Role role);
    bool drop(const std::string &name);
    void grant(const std::string &name, const Privilege &privilege);
    void revoke(const std::string &name, const Privilege &privilege);

    /// Throws unless `user` has privilege `type` on the table.
    void checkTable(const std::string &user, const std::string &type, const std::string &schema,
        const std::string &table) const;
    void checkSchema(const std::string &user, const std::string &type,
        const std::string &schema) const;
    void checkCluster(const std::string &user, const std::string &type) const;
    bool seesSchema(const std::string &user, const std::string &schema) const;

private:
    std::vector<Privilege> privilegesOf(const std::string &user) const;
    bool isSuperuser(const std::string &user) const;

    std::map<std::string, Role> m_roles;
};

} // namespace fake

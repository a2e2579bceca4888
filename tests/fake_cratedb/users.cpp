// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/users.h"

#include "tests/fake_cratedb/sql_error.h"

#include <algorithm>
#include <optional>

namespace fake {

namespace {

using Privileges = std::vector<Privilege>;

SqlError missing(const std::string &type, const std::string &user)
{
    return SqlError(401, 4011,
        "MissingPrivilegeException[Missing '" + type + "' privilege for user '" + user + "']");
}

bool sameTarget(const Privilege &a, const Privilege &b)
{
    return a.level == b.level && a.ident == b.ident && a.type == b.type;
}

/// What a level says of a type (any when empty): denied, granted, or nothing.
std::optional<bool> verdict(const Privileges &privileges, const std::string &level,
    const std::string &ident, const std::string &type)
{
    std::optional<bool> result;
    for (const Privilege &privilege : privileges) {
        if (privilege.level != level || privilege.ident != ident)
            continue;
        if (!type.empty() && privilege.type != type)
            continue;
        const bool anyCounts = type.empty();
        result = anyCounts ? result.value_or(false) || privilege.granted
                           : result.value_or(true) && privilege.granted;
    }
    return result;
}

bool onSchema(const Privileges &privileges, const std::string &schema, const std::string &type)
{
    if (const auto found = verdict(privileges, "SCHEMA", schema, type))
        return *found;
    return verdict(privileges, "CLUSTER", {}, type).value_or(false);
}

bool onTable(const Privileges &privileges, const std::string &schema, const std::string &table,
    const std::string &type)
{
    if (const auto found = verdict(privileges, "TABLE", schema + "." + table, type))
        return *found;
    return onSchema(privileges, schema, type);
}

} // namespace

Users::Users()
{
    m_roles["crate"].superuser = true;
}

Role *Users::find(const std::string &name)
{
    const auto found = m_roles.find(name);
    return found == m_roles.end() ? nullptr : &found->second;
}

void Users::create(const std::string &name, Role role)
{
    if (!m_roles.emplace(name, std::move(role)).second)
        throw SqlError(409, 4099, "RoleAlreadyExistsException[Role '" + name + "' already exists]");
}

bool Users::drop(const std::string &name)
{
    return m_roles.erase(name) > 0;
}

void Users::grant(const std::string &name, const Privilege &privilege)
{
    revoke(name, privilege);
    m_roles[name].privileges.push_back(privilege);
}

void Users::revoke(const std::string &name, const Privilege &privilege)
{
    Role *role = find(name);
    if (role == nullptr)
        throw SqlError(404, 40410, "RoleUnknownException[Role '" + name + "' does not exist]");
    std::erase_if(role->privileges,
        [&](const Privilege &candidate) { return sameTarget(candidate, privilege); });
}

std::vector<Privilege> Users::privilegesOf(const std::string &user) const
{
    std::vector<Privilege> all;
    std::vector<std::string> queue{user};
    for (std::size_t i = 0; i < queue.size(); ++i) {
        const auto found = m_roles.find(queue[i]);
        if (found == m_roles.end())
            continue;
        const Role &role = found->second;
        all.insert(all.end(), role.privileges.begin(), role.privileges.end());
        for (const std::string &granted : role.roles) {
            if (std::find(queue.begin(), queue.end(), granted) == queue.end())
                queue.push_back(granted);
        }
    }
    return all;
}

bool Users::isSuperuser(const std::string &user) const
{
    const auto found = m_roles.find(user);
    return found != m_roles.end() && found->second.superuser;
}

bool Users::seesSchema(const std::string &user, const std::string &schema) const
{
    if (isSuperuser(user))
        return true;
    const Privileges privileges = privilegesOf(user);
    return onSchema(privileges, schema, {})
        || std::any_of(privileges.begin(), privileges.end(), [&](const Privilege &privilege) {
               return privilege.granted && privilege.level == "TABLE"
                   && privilege.ident.starts_with(schema + ".");
           });
}

void Users::checkTable(const std::string &user, const std::string &type, const std::string &schema,
    const std::string &table) const
{
    if (isSuperuser(user) || schema == "information_schema")
        return;
    const Privileges privileges = privilegesOf(user);
    if (onTable(privileges, schema, table, type))
        return;
    if (!seesSchema(user, schema))
        throw schemaUnknown(schema);
    if (!onTable(privileges, schema, table, {}))
        throw relationUnknown(schema + "." + table);
    throw missing(type, user);
}

void Users::checkSchema(const std::string &user, const std::string &type,
    const std::string &schema) const
{
    if (isSuperuser(user))
        return;
    const Privileges privileges = privilegesOf(user);
    if (onSchema(privileges, schema, type))
        return;
    if (!onSchema(privileges, schema, {}))
        throw schemaUnknown(schema);
    throw missing(type, user);
}

void Users::checkCluster(const std::string &user, const std::string &type) const
{
    if (!isSuperuser(user) && !verdict(privilegesOf(user), "CLUSTER", {}, type).value_or(false))
        throw missing(type, user);
}

} // namespace fake

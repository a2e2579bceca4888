// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/engine.h"
#include "tests/fake_cratedb/sql_error.h"

namespace fake {

namespace {

nlohmann::json parseJwt(TokenStream &tokens)
{
    nlohmann::json out = nlohmann::json::object();
    tokens.expect("{");
    while (!tokens.accept("}")) {
        const std::string key = tokens.take().text;
        tokens.expect("=");
        out[key] = tokens.take().text;
        tokens.accept(",");
    }
    for (const char *property : {"iss", "username"}) {
        if (!out.contains(property))
            throw parseError("JWT property '" + std::string(property)
                + "' must have a non-null value");
    }
    return out;
}

void parseProperties(TokenStream &tokens, Role &role)
{
    tokens.expect("(");
    do {
        const std::string name = tokens.identifier();
        tokens.expect("=");
        if (name == "jwt")
            role.jwt = parseJwt(tokens);
        else
            role.password = tokens.take().text;
    } while (tokens.accept(","));
    tokens.expect(")");
}

long long create(TokenStream &tokens, Users &users)
{
    const std::string what = tokens.take().text;
    if (tokens.is("if"))
        throw syntaxError("line 1:13: no viable alternative at input 'CREATE USER IF'");
    Role role;
    role.isUser = what == "user";
    const std::string name = tokens.identifier();
    if (tokens.accept("with"))
        parseProperties(tokens, role);
    users.create(name, std::move(role));
    return 1;
}

SqlError unknownRole(const std::string &name)
{
    return SqlError(404, 40410, "RoleUnknownException[Role '" + name + "' does not exist]");
}

long long drop(TokenStream &tokens, Users &users)
{
    tokens.take();
    const bool ifExists = tokens.acceptAll({"if", "exists"});
    const std::string name = tokens.identifier();
    if (users.drop(name))
        return 1;
    if (ifExists)
        return 0;
    throw unknownRole(name);
}

long long alter(TokenStream &tokens, Users &users)
{
    tokens.take();
    const std::string name = tokens.identifier();
    tokens.expect("set");
    Role *role = users.find(name);
    if (role == nullptr)
        throw unknownRole(name);
    parseProperties(tokens, *role);
    return 1;
}

std::string upper(std::string text)
{
    for (char &c : text)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

/// ON SCHEMA a or ON TABLE a.b, or nothing for the cluster.
Privilege parseTarget(TokenStream &tokens)
{
    Privilege target{"CLUSTER", {}, {}, true};
    if (!tokens.accept("on"))
        return target;
    target.level = upper(tokens.take().text);
    target.ident = tokens.identifier();
    while (tokens.accept("."))
        target.ident += "." + tokens.identifier();
    return target;
}

/// GRANT, DENY, REVOKE: privileges, or a role for a role.
long long grant(TokenStream &tokens, Users &users)
{
    const std::string verb = tokens.take().text;
    std::vector<std::string> names;
    do {
        names.push_back(tokens.identifier());
    } while (tokens.accept(","));
    tokens.accept("privileges");
    if (names == std::vector<std::string>{"all"})
        names = {"dql", "dml", "ddl", "al"};
    Privilege target = parseTarget(tokens);
    target.granted = verb == "grant";
    tokens.expect(verb == "revoke" ? "from" : "to");
    const std::string user = tokens.identifier();
    if (users.find(user) == nullptr)
        throw unknownRole(user);
    for (const std::string &name : names) {
        if (Role *role = users.find(name); role != nullptr && !role->isUser) {
            users.find(user)->roles.insert(name);
            continue;
        }
        target.type = upper(name);
        if (verb == "revoke")
            users.revoke(user, target);
        else
            users.grant(user, target);
    }
    return 1;
}

} // namespace

bool runUserStatement(TokenStream &tokens, const Context &context, SqlResult &result)
{
    using Runner = long long (*)(TokenStream &, Users &);
    const bool onUser = tokens.is("user", 1) || tokens.is("role", 1);
    Runner runner = nullptr;
    if (tokens.is("create") && onUser)
        runner = create;
    else if (tokens.is("drop") && onUser)
        runner = drop;
    else if (tokens.is("alter") && onUser)
        runner = alter;
    const bool granting = tokens.is("grant") || tokens.is("deny") || tokens.is("revoke");
    if (runner == nullptr && !granting)
        return false;
    Users &users = context.catalog.users();
    users.checkCluster(context.session.user, "AL");
    context.catalog.changed(); // plans made so far were allowed by what is about to change
    if (granting) {
        result.rowcount = grant(tokens, users);
    } else {
        tokens.take();
        result.rowcount = runner(tokens, users);
    }
    return true;
}

} // namespace fake

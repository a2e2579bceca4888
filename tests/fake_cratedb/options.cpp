// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/options.h"

#include <CLI/CLI.hpp>

namespace fake {

namespace {

/// "DML@facetrack.observations": a privilege on the cluster, a schema or a table.
Privilege readPrivilege(const std::string &text)
{
    const std::size_t at = text.find('@');
    Privilege out{"CLUSTER", {}, text.substr(0, at), true};
    if (at == std::string::npos)
        return out;
    out.ident = text.substr(at + 1);
    out.level = out.ident.find('.') == std::string::npos ? "SCHEMA" : "TABLE";
    return out;
}

UserOption readUser(const std::string &text)
{
    UserOption user;
    const std::size_t first = text.find(':');
    const std::size_t last = text.rfind(':');
    if (first == std::string::npos)
        throw CLI::ValidationError("--user", "NAME:PASSWORD[:PRIVILEGES]");
    user.name = text.substr(0, first);
    user.password = text.substr(first + 1);
    std::string privileges = "DQL,DML,DDL,AL";
    if (last != first) {
        user.password = text.substr(first + 1, last - first - 1);
        privileges = text.substr(last + 1);
    }
    std::stringstream list(privileges);
    for (std::string one; std::getline(list, one, ',');) {
        if (one != "NONE")
            user.privileges.push_back(readPrivilege(one));
    }
    return user;
}

std::pair<std::string, std::string> readToken(const std::string &text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos)
        throw CLI::ValidationError("--token", "TOKEN:USER");
    return {text.substr(0, colon), text.substr(colon + 1)};
}

} // namespace

std::optional<Options> readOptions(int argc, char **argv, int &status)
{
    Options options;
    std::vector<std::string> users;
    std::vector<std::string> tokens;
    CLI::App app("A stand-in for CrateDB: see tests/fake_cratedb/README.md");
    app.add_option("--port", options.port, "of the first node; 0 takes a free one");
    app.add_option("--control-port", options.controlPort, "0 takes a free one");
    app.add_option("--nodes", options.nodes, "ports over the same storage")->check(CLI::Range(1, 64));
    app.add_flag("--everywhere", options.everywhere, "nodes listen on all addresses, not on loopback only");
    app.add_option("--refresh-ms", options.refreshMs,
        "rows become visible this often; 0 at once, -1 only by REFRESH TABLE");
    app.add_option("--file", options.file, "SQLite database instead of memory");
    app.add_flag("--discard", options.discard, "keep primary keys only");
    app.add_flag("--require-auth", options.requireAuth, "refuse requests without credentials");
    app.add_option("--user", users, "NAME:PASSWORD[:PRIVILEGES], as DML@schema,DQL@schema.table");
    app.add_option("--token", tokens, "TOKEN:USER, a bearer token that is good");
    app.add_option("--tls-cert", options.tlsCertificate, "PEM chain");
    app.add_option("--tls-key", options.tlsKey, "PEM key");
    try {
        app.parse(argc, argv);
        for (const std::string &user : users)
            options.users.push_back(readUser(user));
        for (const std::string &token : tokens)
            options.tokens.insert(readToken(token));
    } catch (const CLI::ParseError &error) {
        status = app.exit(error);
        return {};
    }
    return options;
}

} // namespace fake

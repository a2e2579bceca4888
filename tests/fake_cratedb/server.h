// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/authenticator.h"
#include "tests/fake_cratedb/engine.h"
#include "tests/fake_cratedb/faults.h"
#include "tests/fake_cratedb/http.h"
#include "tests/fake_cratedb/options.h"

#include <boost/asio/steady_timer.hpp>

namespace fake {

/// What GET /stats tells, apart from rows.
struct Stats
{
    long long requests = 0;
    long long bodyBytes = 0;
    long long largestBody = 0;
    long long connections = 0; ///< ever
    long long openConnections = 0;
    std::map<std::string, long long> statements; ///< by first word
    std::map<int, long long> answers;            ///< by status
};

class Node;

/// All nodes, their storage, and what a test does to them. Thread-bound.
class Server
{
public:
    Server(asio::io_context &io, const Options &options);
    ~Server();

    Engine &engine() { return m_engine; }
    Faults &faults() { return m_faults; }
    Stats &stats() { return m_stats; }
    const Authenticator &authenticator() const { return m_authenticator; }
    asio::io_context &io() { return m_io; }

    std::vector<unsigned short> ports() const;
    /// A node dies or comes back on its port; -1 is all of them.
    void setUp(int node, bool up);

private:
    void addUser(const UserOption &user);
    void tick();

    asio::io_context &m_io;
    Options m_options;
    Engine m_engine;
    Faults m_faults;
    Stats m_stats;
    Authenticator m_authenticator;
    std::optional<asio::ssl::context> m_tls;
    asio::steady_timer m_refresh;
    std::vector<std::unique_ptr<Node>> m_nodes;
};

/// One node: a port, with the server's storage behind it.
class Node : public HttpHandler
{
public:
    Node(Server &server, int index, const std::string &cluster, asio::ssl::context *tls);

    void handle(HttpRequest request, std::function<void(HttpReply)> reply) override;
    void connected(bool opened) override;
    HttpListener &listener() { return m_listener; }
    const std::string &name() const { return m_name; }

private:
    HttpReply answer(const HttpRequest &request, Fault &fault);
    HttpReply root(const HttpRequest &request, const Fault &fault) const;
    HttpReply sql(const HttpRequest &request, const std::string &user, Fault &fault);
    void finish(const HttpRequest &request, Fault fault,
        const std::function<void(HttpReply)> &reply);

    Server &m_server;
    int m_index;
    std::string m_name;
    std::string m_cluster;
    HttpListener m_listener;
};

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/server.h"

namespace fake {

Server::Server(asio::io_context &io, const Options &options)
    : m_io(io), m_options(options), m_engine(options.file, options.discard),
      m_authenticator(m_engine.catalog().users(), options.tokens, options.requireAuth),
      m_refresh(io)
{
    for (const UserOption &user : options.users)
        addUser(user);
    if (!options.tlsCertificate.empty()) {
        m_tls.emplace(asio::ssl::context::tls_server);
        m_tls->use_certificate_chain_file(options.tlsCertificate);
        m_tls->use_private_key_file(options.tlsKey, asio::ssl::context::pem);
    }
    ClusterFacts &cluster = m_engine.catalog().cluster();
    cluster = {cluster.name, {}, {}, {}};
    for (int i = 0; i < options.nodes; ++i) {
        m_nodes.push_back(std::make_unique<Node>(*this, i, cluster.name, m_tls ? &*m_tls : nullptr));
        const int port = options.port == 0 ? 0 : options.port + i;
        if (options.everywhere)
            m_nodes.back()->listener().listenEverywhere();
        m_nodes.back()->listener().open(static_cast<unsigned short>(port));
        cluster.nodes.push_back(m_nodes.back()->name());
        cluster.ports.push_back(m_nodes.back()->listener().port());
        cluster.up.push_back(true);
    }
    m_engine.catalog().setAlwaysVisible(options.refreshMs == 0);
    if (options.refreshMs > 0)
        tick();
}

Server::~Server() = default;

void Server::addUser(const UserOption &user)
{
    Role role;
    role.password = user.password;
    role.privileges = user.privileges;
    m_engine.catalog().users().create(user.name, std::move(role));
}

void Server::tick()
{
    m_refresh.expires_after(std::chrono::milliseconds(m_options.refreshMs));
    m_refresh.async_wait([this](boost::system::error_code error) {
        if (error)
            return;
        m_engine.catalog().refreshAll();
        tick();
    });
}

std::vector<unsigned short> Server::ports() const
{
    std::vector<unsigned short> out;
    for (const auto &node : m_nodes)
        out.push_back(node->listener().port());
    return out;
}

void Server::setUp(int node, bool up)
{
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        if (node >= 0 && static_cast<std::size_t>(node) != i)
            continue;
        HttpListener &listener = m_nodes[i]->listener();
        if (up)
            listener.open(listener.port());
        else
            listener.close();
        m_engine.catalog().cluster().up[i] = up;
    }
}

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/server.h"

namespace fake {

/// The second port, by which a test commands: README.md lists what it understands.
class Control : public HttpHandler
{
public:
    Control(asio::io_context &io, Server &server);

    void handle(HttpRequest request, std::function<void(HttpReply)> reply) override;
    void connected(bool) override {}
    HttpListener &listener() { return m_listener; }

private:
    std::string run(const HttpRequest &request, std::string &type);
    std::string faults(const HttpRequest &request);
    std::string stats();

    Server &m_server;
    HttpListener m_listener;
};

} // namespace fake

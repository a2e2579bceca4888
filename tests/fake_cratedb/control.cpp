// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/control.h"

#include <stdexcept>

namespace fake {

namespace {

using nlohmann::json;

int nodeOf(const HttpRequest &request)
{
    const std::string node = request.query("node");
    return node.empty() ? -1 : std::stoi(node);
}

} // namespace

Control::Control(asio::io_context &io, Server &server)
    : m_server(server), m_listener(io, nullptr, *this)
{
}

void Control::handle(HttpRequest request, std::function<void(HttpReply)> reply)
{
    HttpReply out;
    try {
        out.body = run(request, out.type);
    } catch (const std::exception &error) {
        out.status = 400;
        out.body = json{{"error", error.what()}}.dump();
    }
    reply(std::move(out));
}

std::string Control::run(const HttpRequest &request, std::string &type)
{
    const std::string path = request.path();
    Engine &engine = m_server.engine();
    if (path == "/faults")
        return faults(request);
    if (path == "/stats") {
        const std::string out = stats();
        if (request.method == "DELETE") {
            const long long open = m_server.stats().openConnections;
            m_server.stats() = {};
            m_server.stats().openConnections = open;
            engine.counts() = {};
        }
        return out;
    }
    if (path == "/ids") {
        type = "text/plain; charset=UTF-8";
        return engine.keys(request.query("table"));
    }
    if (request.method != "POST")
        throw std::runtime_error("unknown: " + request.method + " " + path);
    if (path == "/down" || path == "/up")
        m_server.setUp(nodeOf(request), path == "/up");
    else if (path == "/refresh")
        engine.catalog().refreshAll();
    else if (path == "/sql")
        return engine.raw(request.body);
    else
        throw std::runtime_error("unknown: POST " + path);
    return "{}";
}

std::string Control::faults(const HttpRequest &request)
{
    Faults &rules = m_server.faults();
    if (request.method == "DELETE")
        rules.clear();
    else if (request.method == "POST")
        rules.add(json::parse(request.body));
    return rules.list().dump();
}

std::string Control::stats()
{
    const Stats &stats = m_server.stats();
    const RowCounts &rows = m_server.engine().counts();
    json answers = json::object();
    for (const auto &[status, count] : stats.answers)
        answers[status == 0 ? "reset" : std::to_string(status)] = count;
    return json{{"requests", stats.requests}, {"body_bytes", stats.bodyBytes},
        {"largest_body", stats.largestBody}, {"connections", stats.connections},
        {"open_connections", stats.openConnections}, {"statements", stats.statements},
        {"answers", answers}, {"rows_received", rows.received}, {"rows_inserted", rows.inserted},
        {"rows_already_there", rows.alreadyThere}, {"rows_failed", rows.failed}}
        .dump();
}

} // namespace fake

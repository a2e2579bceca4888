// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/server.h"
#include "tests/fake_cratedb/sql_error.h"

#include <algorithm>
#include <chrono>

namespace fake {

namespace {

HttpReply plain(int status, const std::string &text)
{
    HttpReply reply;
    reply.status = status;
    reply.type.clear();
    reply.body = text;
    return reply;
}

HttpReply errorReply(const SqlError &error, bool trace)
{
    HttpReply reply;
    reply.status = error.status;
    reply.body = "{\"error\":{\"message\":";
    appendJsonString(reply.body, error.text);
    reply.body += ",\"code\":" + std::to_string(error.code) + "}";
    if (trace)
        reply.body += ",\"error_trace\":\"no trace: this is a stand-in\"";
    reply.body += '}';
    return reply;
}

/// The statement's text without taking the body apart, for rules that ask what it is.
std::string peekStatement(const std::string &body)
{
    const std::size_t key = body.find("\"stmt\"");
    if (key == std::string::npos)
        return {};
    const std::size_t begin = body.find('"', key + 6);
    if (begin == std::string::npos)
        return {};
    const std::size_t end = body.find("\", \"bulk_args\"", begin);
    return body.substr(begin + 1, std::min<std::size_t>(end - begin - 1, 4096));
}

} // namespace

Node::Node(Server &server, int index, const std::string &cluster, asio::ssl::context *tls)
    : m_server(server), m_index(index), m_name("fake-" + std::to_string(index + 1)),
      m_cluster(cluster), m_listener(server.io(), tls, *this)
{
}

void Node::connected(bool opened)
{
    Stats &stats = m_server.stats();
    stats.connections += opened ? 1 : 0;
    stats.openConnections += opened ? 1 : -1;
}

void Node::handle(HttpRequest request, std::function<void(HttpReply)> reply)
{
    Stats &stats = m_server.stats();
    const auto bytes = static_cast<long long>(request.body.size());
    ++stats.requests;
    stats.bodyBytes += bytes;
    stats.largestBody = std::max(stats.largestBody, bytes);
    const bool isSql = request.path().starts_with("/_sql");
    const std::string statement = isSql ? peekStatement(request.body) : std::string();
    const std::string kind = isSql ? Engine::kindOf(statement) : "health";
    ++stats.statements[kind];
    Fault fault = m_server.faults().take(kind, statement, m_index);
    if (fault.delayMs == 0) {
        finish(request, std::move(fault), reply);
        return;
    }
    auto timer = std::make_shared<asio::steady_timer>(m_server.io());
    timer->expires_after(std::chrono::milliseconds(fault.delayMs));
    timer->async_wait([this, timer, reply = std::move(reply), request = std::move(request),
                          fault = std::move(fault)](boost::system::error_code) {
        if (m_listener.isOpen()) // a node that went down meanwhile does nothing any more
            finish(request, fault, reply);
    });
}

void Node::finish(const HttpRequest &request, Fault fault,
    const std::function<void(HttpReply)> &reply)
{
    HttpReply out;
    if (fault.stall) {
        out.delivery = HttpReply::Delivery::Never;
    } else if (fault.resetBefore) {
        out.delivery = HttpReply::Delivery::Reset;
    } else if (fault.answer.status != 0) {
        out.status = fault.answer.status;
        out.body = fault.answer.body;
        if (fault.answer.plain)
            out.type.clear();
        if (fault.answer.authenticate)
            out.headers.emplace_back("www-authenticate", "Basic realm=\"CrateDB Authenticator\"");
    } else {
        out = answer(request, fault);
        if (fault.resetAfter)
            out.delivery = HttpReply::Delivery::Reset;
        else if (fault.resetMiddle)
            out.delivery = HttpReply::Delivery::ResetMiddle;
    }
    ++m_server.stats().answers[out.delivery == HttpReply::Delivery::Whole ? out.status : 0];
    reply(std::move(out));
}

HttpReply Node::answer(const HttpRequest &request, Fault &fault)
{
    const std::string path = request.path();
    if (path == "/bad-request")
        return plain(404, "Requested file [bad-request] was not found");
    HttpReply refusal;
    const auto user = m_server.authenticator().check(request, refusal);
    if (!user)
        return refusal;
    if (path.starts_with("/_sql"))
        return sql(request, *user, fault);
    if (path == "/" || path.empty())
        return root(request, fault);
    return plain(404, "Requested file [" + path.substr(1) + "] was not found");
}

HttpReply Node::root(const HttpRequest &request, const Fault &fault) const
{
    // A browser is sent to the console, which is not here.
    if (request.header("user-agent").starts_with("Mozilla")
        && request.header("accept").find("text/html") != std::string::npos)
        return plain(404, "Requested file [index.html] was not found");
    HttpReply reply;
    reply.status = fault.noMaster ? 503 : 200;
    if (request.method == "HEAD") {
        reply.type.clear();
        return reply;
    }
    reply.type = "application/json";
    reply.body = std::string("{\n  \"ok\" : ") + (fault.noMaster ? "false" : "true")
        + ",\n  \"status\" : " + std::to_string(reply.status) + ",\n  \"name\" : \"" + m_name
        + "\",\n  \"cluster_name\" : \"" + m_cluster + "\",\n  \"version\" : {\n"
        + "    \"number\" : \"6.4.3\",\n    \"build_hash\" : \"stand-in\",\n"
        + "    \"build_timestamp\" : \"NA\",\n    \"build_snapshot\" : false,\n"
        + "    \"lucene_version\" : \"10.4.0\"\n  }\n}\n";
    return reply;
}

HttpReply Node::sql(const HttpRequest &request, const std::string &user, Fault &fault)
{
    const auto start = std::chrono::steady_clock::now();
    std::size_t headBytes = 0;
    for (const auto &[name, value] : request.headers)
        headBytes += name.size() + value.size() + 4;
    Session session;
    session.user = user;
    session.node = m_index;
    session.nodeName = m_name;
    session.noMaster = fault.noMaster;
    if (const std::string schema = request.header("default-schema"); !schema.empty())
        session.defaultSchema = schema;
    try {
        JsonTape tape;
        // A head over 8 KB has cost the request its body.
        const SqlRequest parsed
            = parseRequest(headBytes > 8192 ? std::string_view() : request.body, tape);
        RowFault *rows = fault.rows ? &*fault.rows : nullptr;
        SqlResult result = m_server.engine().execute(parsed, session, rows);
        const std::chrono::duration<double, std::milli> took
            = std::chrono::steady_clock::now() - start;
        HttpReply reply;
        reply.body = toJson(result, request.hasQuery("types"), took.count());
        return reply;
    } catch (const SqlError &error) {
        return errorReply(error, request.hasQuery("error_trace"));
    } catch (const std::exception &error) {
        // SQL that this stand-in reads wrongly must not end it in the middle of a test.
        return errorReply(SqlError(500, 5000, std::string("StandInException[") + error.what() + "]"),
            false);
    }
}

} // namespace fake

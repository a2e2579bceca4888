// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fake {

namespace asio = boost::asio;

/// A request's body may be at most this long, also after inflating it.
constexpr std::size_t MaxBody = 104'857'600;

struct HttpRequest
{
    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;
    bool http10 = false;
    bool keepAlive = true;
    bool chunked = false;

    std::string header(std::string_view name) const;
    std::string path() const { return target.substr(0, target.find('?')); }
    bool hasQuery(std::string_view name) const; ///< ?name or ?name=true
    std::string query(std::string_view name) const;
};

struct HttpReply
{
    enum class Delivery { Whole, ResetMiddle, Reset, Never };

    int status = 200;
    std::string type = "application/json; charset=UTF-8"; ///< empty for none
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    bool close = false;
    Delivery delivery = Delivery::Whole;
};

/// The lines before the body.
std::string responseHead(const HttpRequest &request, const HttpReply &reply);
HttpReply tooLarge(bool close);

/// What serves requests. It may answer later, on the same thread.
class HttpHandler
{
public:
    virtual ~HttpHandler() = default;
    virtual void handle(HttpRequest request, std::function<void(HttpReply)> reply) = 0;
    virtual void connected(bool opened) = 0;
};

/// An open connection, as its listener knows it.
class HttpConnection
{
public:
    virtual ~HttpConnection() = default;
    /// Closes so that the peer sees a reset.
    virtual void reset() = 0;
};

/// One port. Thread-bound to its io_context's thread.
class HttpListener
{
public:
    HttpListener(asio::io_context &io, asio::ssl::context *tls, HttpHandler &handler);

    /// Not on loopback only, when it is opened.
    void listenEverywhere() { m_everywhere = true; }
    /// Listens; port 0 takes a free one, which later calls take again.
    void open(unsigned short port);
    /// As a node that dies: no more connections, those there are reset.
    void close();
    unsigned short port() const { return m_port; }
    bool isOpen() const { return m_acceptor.is_open(); }

private:
    void accept();

    asio::io_context &m_io;
    asio::ssl::context *m_tls;
    HttpHandler &m_handler;
    asio::ip::tcp::acceptor m_acceptor;
    unsigned short m_port = 0;
    bool m_everywhere = false;
    std::vector<std::weak_ptr<HttpConnection>> m_connections;
    /// Connections outlive the listener at the program's end; by this they know.
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

/// Serves a connection that was accepted; `handler` is there as long as `alive` is.
std::shared_ptr<HttpConnection> serve(asio::ip::tcp::socket socket, asio::ssl::context *tls,
    HttpHandler &handler, std::weak_ptr<bool> alive);

enum class InflateResult { Done, NotCompressed, Truncated, TooLong };
/// gzip or deflate, as `encoding` says.
InflateResult inflateBody(const std::string &encoding, std::string_view in, std::string &out);

} // namespace fake

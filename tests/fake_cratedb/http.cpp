// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/http.h"

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <zlib.h>

namespace fake {

using asio::ip::tcp;

std::string HttpRequest::header(std::string_view name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

std::string HttpRequest::query(std::string_view name) const
{
    const std::size_t mark = target.find('?');
    std::string_view rest = mark == std::string::npos ? std::string_view()
                                                      : std::string_view(target).substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        if (pair.substr(0, equals) == name)
            return equals == std::string_view::npos ? "true" : std::string(pair.substr(equals + 1));
    }
    return {};
}

bool HttpRequest::hasQuery(std::string_view name) const
{
    return query(name) == "true";
}

std::string responseHead(const HttpRequest &request, const HttpReply &reply)
{
    const auto reason = boost::beast::http::obsolete_reason(
        static_cast<boost::beast::http::status>(reply.status));
    std::string out = request.http10 ? "HTTP/1.0 " : "HTTP/1.1 ";
    out += std::to_string(reply.status) + " " + std::string(reason) + "\r\n";
    if (!reply.type.empty())
        out += "content-type: " + reply.type + "\r\n";
    out += "content-length: " + std::to_string(reply.body.size()) + "\r\n";
    for (const auto &[name, value] : reply.headers)
        out += name + ": " + value + "\r\n";
    if (reply.close)
        out += "connection: close\r\n";
    else if (request.http10 && request.keepAlive)
        out += "connection: Keep-Alive\r\n";
    return out + "\r\n";
}

HttpReply tooLarge(bool close)
{
    HttpReply reply;
    reply.status = 413;
    reply.type.clear();
    reply.close = close;
    return reply;
}

HttpListener::HttpListener(asio::io_context &io, asio::ssl::context *tls, HttpHandler &handler)
    : m_io(io), m_tls(tls), m_handler(handler), m_acceptor(io)
{
}

void HttpListener::open(unsigned short port)
{
    if (m_acceptor.is_open())
        return;
    using Address = asio::ip::address_v4;
    const tcp::endpoint endpoint(m_everywhere ? Address::any() : Address::loopback(), port);
    m_acceptor.open(endpoint.protocol());
    m_acceptor.set_option(asio::socket_base::reuse_address(true));
    m_acceptor.bind(endpoint);
    m_acceptor.listen();
    m_port = m_acceptor.local_endpoint().port();
    accept();
}

void HttpListener::accept()
{
    m_acceptor.async_accept(m_io, [this](boost::system::error_code error, tcp::socket socket) {
        if (error) {
            if (m_acceptor.is_open() && error != asio::error::operation_aborted)
                accept();
            return;
        }
        boost::system::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        std::erase_if(m_connections, [](const auto &connection) { return connection.expired(); });
        m_connections.push_back(serve(std::move(socket), m_tls, m_handler, m_alive));
        accept();
    });
}

void HttpListener::close()
{
    boost::system::error_code ignored;
    m_acceptor.close(ignored);
    for (const auto &weak : m_connections) {
        if (const auto connection = weak.lock())
            connection->reset();
    }
    m_connections.clear();
}

InflateResult inflateBody(const std::string &encoding, std::string_view in, std::string &out)
{
    z_stream stream{};
    // 16 more bits of window say that a gzip header comes; 15 that zlib's does.
    if (inflateInit2(&stream, encoding == "gzip" ? 15 + 16 : 15) != Z_OK)
        return InflateResult::NotCompressed;
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(in.data()));
    stream.avail_in = static_cast<uInt>(in.size());
    InflateResult result = InflateResult::Truncated;
    std::size_t used = 0;
    for (;;) {
        out.resize(std::max<std::size_t>(used * 2, in.size() * 8 + 1024));
        stream.next_out = reinterpret_cast<Bytef *>(out.data() + used);
        stream.avail_out = static_cast<uInt>(out.size() - used);
        const int state = inflate(&stream, Z_NO_FLUSH);
        used = out.size() - stream.avail_out;
        if (state == Z_STREAM_END)
            result = InflateResult::Done;
        else if (state != Z_OK && state != Z_BUF_ERROR)
            result = InflateResult::NotCompressed;
        if (used > MaxBody)
            result = InflateResult::TooLong;
        if (result != InflateResult::Truncated || stream.avail_out > 0)
            break;
    }
    inflateEnd(&stream);
    out.resize(used);
    return result;
}

} // namespace fake

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/http.h"
#include "tests/fake_cratedb/lexer.h"

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <type_traits>

namespace fake {

namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t MaxTarget = 4096;
constexpr std::size_t MaxHeaders = 8192;

/// One connection, plain or TLS, with one request after the other.
template<typename Stream>
class Session : public HttpConnection, public std::enable_shared_from_this<Session<Stream>>
{
    static constexpr bool IsTls = !std::is_same_v<Stream, tcp::socket>;

public:
    Session(Stream stream, HttpHandler &handler, std::weak_ptr<bool> alive)
        : m_stream(std::move(stream)), m_handler(handler), m_alive(std::move(alive))
    {
        m_handler.connected(true);
    }
    ~Session() override
    {
        if (!m_alive.expired())
            m_handler.connected(false);
    }

    void start()
    {
        // CrateDB reads in large pieces. In Beast's own of 512 bytes the kernel opens the window so
        // slowly that a client who writes 16 KB at a time waits for delayed acknowledgements.
        m_buffer.reserve(64 * 1024);
        if constexpr (IsTls) {
            m_stream.async_handshake(asio::ssl::stream_base::server,
                [self = this->shared_from_this()](error_code error) {
                    if (!error)
                        self->readHeader();
                });
        } else {
            readHeader();
        }
    }

    void reset() override
    {
        error_code ignored;
        socket().set_option(asio::socket_base::linger(true, 0), ignored);
        socket().close(ignored);
    }

private:
    auto &socket() { return beast::get_lowest_layer(m_stream); }

    template<typename Method>
    auto bound(Method method)
    {
        return [self = this->shared_from_this(), method](error_code error, std::size_t bytes) {
            ((*self).*method)(error, bytes);
        };
    }

    void readHeader()
    {
        m_header.emplace();
        m_header->header_limit(1 << 20);
        // Not boost::none: Boost 1.74 takes that for less than any length.
        m_header->body_limit(std::numeric_limits<std::uint64_t>::max());
        http::async_read_header(m_stream, m_buffer, *m_header, bound(&Session::onHeader));
    }

    void onHeader(error_code error, std::size_t)
    {
        if (error)
            return;
        m_request = {};
        const auto &head = m_header->get();
        m_request.method = std::string(head.method_string());
        m_request.target = std::string(head.target());
        m_request.http10 = head.version() == 10;
        m_request.keepAlive = head.keep_alive();
        m_request.chunked = head.chunked();
        std::size_t size = 0;
        for (const auto &field : head) {
            std::string name = lower({field.name_string().data(), field.name_string().size()});
            size += name.size() + field.value().size() + 4;
            m_request.headers.emplace_back(std::move(name), std::string(field.value()));
        }
        if (m_request.target.size() > MaxTarget || size > MaxHeaders) {
            rejectHead(m_request.target.size() > MaxTarget);
            return;
        }
        const auto length = m_header->content_length();
        const bool expects = m_request.header("expect") == "100-continue";
        if (length && *length > MaxBody) {
            // The answer comes first; a client that did not wait for it goes on sending.
            m_skip = expects ? 0 : *length;
            send(tooLarge(false));
        } else if (expects) {
            static const std::string Go = "HTTP/1.1 100 Continue\r\n\r\n";
            asio::async_write(m_stream, asio::buffer(Go), bound(&Session::readBody));
        } else {
            readBody();
        }
    }

    /// What the server does with a head that is too long: it serves another request in its place.
    void rejectHead(bool target)
    {
        if (target)
            m_request.target = "/bad-request";
        m_request.keepAlive = false;
        dispatch();
    }

    void readBody(error_code error = {}, std::size_t = 0)
    {
        if (error)
            return;
        m_parser.emplace(std::move(*m_header));
        m_parser->body_limit(MaxBody);
        http::async_read(m_stream, m_buffer, *m_parser, bound(&Session::onBody));
    }

    void onBody(error_code error, std::size_t)
    {
        if (error == http::error::body_limit) {
            send(tooLarge(true));
            return;
        }
        if (error)
            return;
        m_request.body = std::move(m_parser->get().body());
        m_parser.reset();
        inflateAndDispatch();
    }

    void inflateAndDispatch()
    {
        const std::string encoding = m_request.header("content-encoding");
        if (encoding != "gzip" && encoding != "deflate") {
            dispatch();
            return;
        }
        std::string body;
        const InflateResult result = inflateBody(encoding, m_request.body, body);
        if (result == InflateResult::TooLong) {
            send(tooLarge(true));
        } else if (result == InflateResult::NotCompressed) {
            HttpReply reply;
            reply.status = 500;
            reply.type.clear();
            reply.body = "Input is not in the GZIP format";
            send(std::move(reply));
        } else {
            m_request.body = result == InflateResult::Done ? std::move(body) : std::string();
            dispatch();
        }
    }

    void dispatch()
    {
        std::string body = std::move(m_request.body);
        HttpRequest request = m_request;
        request.body = std::move(body);
        m_handler.handle(std::move(request), [self = this->shared_from_this()](HttpReply reply) {
            self->send(std::move(reply));
        });
    }

    void send(HttpReply reply)
    {
        if (reply.delivery == HttpReply::Delivery::Reset) {
            reset();
            return;
        }
        if (reply.delivery == HttpReply::Delivery::Never) {
            // Held open until the client gives up.
            m_stream.async_read_some(asio::buffer(m_scratch), bound(&Session::onRest));
            return;
        }
        m_close = reply.close || !m_request.keepAlive;
        m_out = responseHead(m_request, reply);
        if (m_request.method != "HEAD")
            m_out += reply.body;
        const bool half = reply.delivery == HttpReply::Delivery::ResetMiddle;
        const std::size_t bytes = half ? m_out.size() - reply.body.size() / 2 - 1 : m_out.size();
        asio::async_write(m_stream, asio::buffer(m_out.data(), bytes),
            [self = this->shared_from_this(), half](error_code error, std::size_t) {
                if (half)
                    self->resetSoon();
                else
                    self->onSent(error);
            });
    }

    /// A reset discards what the peer has not read yet; it is given time to read the first half.
    void resetSoon()
    {
        m_timer.emplace(m_stream.get_executor());
        m_timer->expires_after(std::chrono::milliseconds(20));
        m_timer->async_wait([self = this->shared_from_this()](error_code) { self->reset(); });
    }

    void onSent(error_code error)
    {
        if (error)
            return;
        if (m_close)
            finish();
        else if (m_skip > 0)
            skip();
        else
            readHeader();
    }

    void finish()
    {
        error_code ignored;
        socket().shutdown(tcp::socket::shutdown_send, ignored);
        // Reads to the end: closing with unread data would reset, and the answer might get lost.
        m_stream.async_read_some(asio::buffer(m_scratch), bound(&Session::onRest));
    }

    void onRest(error_code error, std::size_t)
    {
        if (!error)
            m_stream.async_read_some(asio::buffer(m_scratch), bound(&Session::onRest));
    }

    void skip()
    {
        const std::size_t here = std::min<std::size_t>(m_skip, m_buffer.size());
        m_buffer.consume(here);
        m_skip -= here;
        if (m_skip == 0)
            readHeader();
        else
            m_stream.async_read_some(asio::buffer(m_scratch), bound(&Session::onSkipped));
    }

    void onSkipped(error_code error, std::size_t bytes)
    {
        if (error)
            return;
        m_skip -= std::min<std::uint64_t>(m_skip, bytes);
        skip();
    }

    Stream m_stream;
    HttpHandler &m_handler;
    std::weak_ptr<bool> m_alive;
    beast::flat_buffer m_buffer;
    std::optional<http::request_parser<http::empty_body>> m_header;
    std::optional<http::request_parser<http::string_body>> m_parser;
    std::optional<asio::steady_timer> m_timer;
    HttpRequest m_request;
    std::string m_out;
    std::array<char, 65536> m_scratch{};
    std::uint64_t m_skip = 0;
    bool m_close = false;
};

template<typename Stream>
std::shared_ptr<HttpConnection> started(Stream stream, HttpHandler &handler,
    std::weak_ptr<bool> alive)
{
    auto session
        = std::make_shared<Session<Stream>>(std::move(stream), handler, std::move(alive));
    session->start();
    return session;
}

} // namespace

std::shared_ptr<HttpConnection> serve(tcp::socket socket, asio::ssl::context *tls,
    HttpHandler &handler, std::weak_ptr<bool> alive)
{
    if (tls == nullptr)
        return started(std::move(socket), handler, std::move(alive));
    beast::ssl_stream<tcp::socket> stream(std::move(socket), *tls);
    return started(std::move(stream), handler, std::move(alive));
}

} // namespace fake

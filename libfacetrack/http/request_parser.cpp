// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/request_parser.h"

#include <algorithm>
#include <cctype>

// Under a sanitizer gcc 12 sees an uninitialised boost::optional in Beast that is none.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#pragma GCC diagnostic pop

namespace facetrack::http {

namespace beast = boost::beast;

class RequestParser::Beast
{
public:
    Beast(std::size_t headerLimit, std::size_t bodyLimit)
    {
        parser.header_limit(static_cast<std::uint32_t>(headerLimit));
        parser.body_limit(bodyLimit);
        parser.eager(false); // stop after the header, which is judged before the body is read
    }

    beast::http::request_parser<beast::http::string_body> parser;
    std::size_t headerBytes = 0; // so far
};

namespace {

std::string lower(beast::string_view text)
{
    std::string result(text.data(), text.size());
    std::transform(result.begin(), result.end(), result.begin(), [](char c) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    });
    return result;
}

/// A name sent twice is one list, RFC 9110 section 5.3; cookies are joined their own way.
std::map<std::string, std::string> headersOf(const beast::http::fields &fields)
{
    std::map<std::string, std::string> headers;
    for (const auto &field : fields) {
        const std::string name = lower(field.name_string());
        const std::string value(field.value().data(), field.value().size());
        const auto [known, added] = headers.try_emplace(name, value);
        if (!added)
            known->second += (name == "cookie" ? "; " : ", ") + value;
    }
    return headers;
}

} // namespace

RequestParser::RequestParser(std::size_t headerBytes, std::size_t bodyBytes)
    : m_headerBytes(headerBytes), m_bodyBytes(bodyBytes),
      m_beast(std::make_unique<Beast>(headerBytes, bodyBytes))
{
}

RequestParser::~RequestParser() = default;

void RequestParser::feed(std::string_view bytes)
{
    m_bytes.erase(0, m_parsed);
    m_parsed = 0;
    m_bytes.append(bytes);
}

bool RequestParser::started() const
{
    return m_beast->parser.got_some() || m_parsed < m_bytes.size();
}

/// Old clients send an empty line after a body; RFC 9112 section 2.2 has it ignored.
void RequestParser::skipBlankLines()
{
    while (m_parsed < m_bytes.size() && (m_bytes[m_parsed] == '\r' || m_bytes[m_parsed] == '\n'))
        ++m_parsed;
}

RequestParser::Step RequestParser::step()
{
    auto &parser = m_beast->parser;
    if (!parser.got_some())
        skipBlankLines();
    while (!parser.is_done() && m_parsed < m_bytes.size()) {
        beast::error_code error;
        const bool inHeader = !parser.is_header_done();
        const std::size_t used = parser.put(
            boost::asio::buffer(m_bytes.data() + m_parsed, m_bytes.size() - m_parsed), error);
        m_parsed += used;
        if (inHeader)
            m_beast->headerBytes += used;
        if (error && error != beast::http::error::need_more)
            return refuseBeast(error.value(), error.message());
        // Beast counts start line, fields and each chunk's header apart.
        if (m_beast->headerBytes > m_headerBytes)
            return refuseBeast(static_cast<int>(beast::http::error::header_limit), {});
        if (parser.get().body().size() > m_bodyBytes)
            return refuseBeast(static_cast<int>(beast::http::error::body_limit), {});
        if (parser.is_header_done() && !m_headerChecked) {
            if (const Step checked = checkHeader(); checked != Step::NeedMore)
                return checked;
        }
        if (error)
            break;
    }
    if (parser.is_done())
        return Step::Done;
    if (m_bytes.size() - m_parsed > m_headerBytes)
        return refuse(400, "malformed_request", "a chunk's header is too long");
    return Step::NeedMore;
}

RequestParser::Step RequestParser::checkHeader()
{
    m_headerChecked = true;
    const auto &message = m_beast->parser.get();
    using beast::http::field;
    const auto coding = message.find(field::transfer_encoding);
    if (coding != message.end() && lower(coding->value()) != "chunked")
        return refuse(501, "unsupported_transfer_encoding", "only chunked is understood");
    const auto hosts = message.count(field::host);
    if (hosts > 1 || (hosts == 0 && message.version() >= 11))
        return refuse(400, "malformed_request", "a request needs exactly one Host header");
    const beast::string_view name = message.target();
    auto target = parseTarget(std::string_view(name.data(), name.size()));
    if (!target)
        return refuse(400, "malformed_request", target.error().message);
    m_target = std::move(*target);
    const auto expect = message.find(field::expect);
    if (expect == message.end() || message.version() < 11)
        return Step::NeedMore;
    if (lower(expect->value()) != "100-continue")
        return refuse(417, "expectation_failed", "only 100-continue can be expected");
    // A client that sent (some of) the body already does not wait for a word.
    const bool waits = !m_beast->parser.is_done() && m_parsed == m_bytes.size();
    return waits ? Step::Continue : Step::NeedMore;
}

ParsedRequest RequestParser::take()
{
    auto message = m_beast->parser.release();
    ParsedRequest parsed;
    parsed.keepAlive = message.keep_alive();
    parsed.segments = std::move(m_target.segments);
    parsed.request.method = std::string(message.method_string().data(),
                                        message.method_string().size());
    parsed.request.path = std::move(m_target.path);
    parsed.request.query = std::move(m_target.query);
    parsed.request.headers = headersOf(message);
    parsed.request.body = std::move(message.body());
    m_target = {};
    m_headerChecked = false;
    m_beast = std::make_unique<Beast>(m_headerBytes, m_bodyBytes);
    skipBlankLines();
    return parsed;
}

RequestParser::Step RequestParser::refuse(int status, std::string_view code, std::string message)
{
    m_refusal = Response::error(status, code, std::move(message));
    return Step::Refused;
}

RequestParser::Step RequestParser::refuseBeast(int error, const std::string &words)
{
    switch (static_cast<beast::http::error>(error)) {
    case beast::http::error::header_limit:
    case beast::http::error::buffer_overflow:
        return refuse(431, "header_too_large",
                      "the request's header is over " + std::to_string(m_headerBytes) + " bytes");
    case beast::http::error::body_limit:
        return refuse(413, "body_too_large",
                      "the request's body is over " + std::to_string(m_bodyBytes) + " bytes");
    default:
        return refuse(400, "malformed_request", "malformed request: " + words);
    }
}

} // namespace facetrack::http

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/http/message.h"
#include "libfacetrack/http/target.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack::http {

/// A request taken apart, with what the connection needs to know besides.
struct ParsedRequest
{
    Request request; ///< without captures and remoteAddress
    std::vector<std::string> segments;
    bool keepAlive = true;
};

/// Bytes in, requests out, one after the other. The only place that knows Boost.Beast.
/// Thread-bound.
class RequestParser
{
public:
    enum class Step {
        NeedMore, ///< feed() it
        Continue, ///< the client waits for "100 Continue" before it sends the body
        Done,     ///< take() the request
        Refused,  ///< send refusal() and close: where the next request begins is unknown
    };

    RequestParser(std::size_t headerBytes, std::size_t bodyBytes);
    ~RequestParser();
    RequestParser(const RequestParser &) = delete;
    RequestParser &operator=(const RequestParser &) = delete;

    void feed(std::string_view bytes);
    /// Goes as far as the bytes reach.
    Step step();
    /// True from the first byte of a request on.
    bool started() const;
    /// Hands over the request after Done and gets ready for the next; what was fed already is kept.
    ParsedRequest take();
    const Response &refusal() const { return m_refusal; }

private:
    class Beast;

    Step refuse(int status, std::string_view code, std::string message);
    Step refuseBeast(int error, const std::string &words);
    Step checkHeader();
    void skipBlankLines();

    const std::size_t m_headerBytes;
    const std::size_t m_bodyBytes;
    std::string m_bytes;      ///< fed
    std::size_t m_parsed = 0; ///< of m_bytes
    bool m_headerChecked = false;
    std::unique_ptr<Beast> m_beast;
    Target m_target;
    Response m_refusal;
};

} // namespace facetrack::http

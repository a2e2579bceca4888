// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/response_head.h"

#include "libfacetrack/base/log.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace facetrack::http {

namespace {

struct Reason
{
    int status;
    const char *text;
};

constexpr std::array kReasons{
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{307, "Temporary Redirect"},
    Reason{308, "Permanent Redirect"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{406, "Not Acceptable"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{411, "Length Required"},
    Reason{412, "Precondition Failed"},
    Reason{413, "Content Too Large"},
    Reason{415, "Unsupported Media Type"},
    Reason{417, "Expectation Failed"},
    Reason{422, "Unprocessable Content"},
    Reason{428, "Precondition Required"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{502, "Bad Gateway"},
    Reason{503, "Service Unavailable"},
    Reason{504, "Gateway Timeout"},
    Reason{505, "HTTP Version Not Supported"},
    Reason{507, "Insufficient Storage"},
};

const char *reasonOf(int status)
{
    const auto found = std::find_if(kReasons.begin(), kReasons.end(),
                                    [status](const Reason &r) { return r.status == status; });
    return found == kReasons.end() ? "Unknown" : found->text;
}

bool equalNames(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x))
            == std::tolower(static_cast<unsigned char>(y));
    });
}

bool isFraming(std::string_view name)
{
    return equalNames(name, "content-length") || equalNames(name, "transfer-encoding")
        || equalNames(name, "connection") || equalNames(name, "content-type");
}

bool isClean(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
}

void add(std::string &head, std::string_view name, std::string_view value)
{
    if (!isClean(name) || !isClean(value)) {
        qCWarning(lcHttp, "left out an answer's header with a control character in it");
        return;
    }
    head.append(name).append(": ").append(value).append("\r\n");
}

bool has(const Headers &headers, std::string_view name)
{
    return std::any_of(headers.begin(), headers.end(),
                       [name](const auto &header) { return equalNames(header.first, name); });
}

std::string begin(int status, const std::string &contentType, const Headers &headers,
                  const Headers &more)
{
    std::string head = "HTTP/1.1 " + std::to_string(status) + ' ' + reasonOf(status) + "\r\n";
    add(head, "Server", "facetrack");
    add(head, "X-Content-Type-Options", "nosniff");
    if (statusHasBody(status) && !contentType.empty())
        add(head, "Content-Type", contentType);
    for (const auto &[name, value] : headers) {
        if (!isFraming(name))
            add(head, name, value);
    }
    for (const auto &[name, value] : more) {
        if (!isFraming(name) && !has(headers, name))
            add(head, name, value);
    }
    if (!has(headers, "cache-control") && !has(more, "cache-control"))
        add(head, "Cache-Control", "no-store");
    return head;
}

} // namespace

bool statusHasBody(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

std::string responseHead(const Response &response, AfterAnswer after, const Headers &more)
{
    std::string head = begin(response.status, response.contentType, response.headers, more);
    if (statusHasBody(response.status))
        add(head, "Content-Length", std::to_string(response.body ? response.body->size() : 0));
    add(head, "Connection", after == AfterAnswer::Close ? "close" : "keep-alive");
    head += "\r\n";
    return head;
}

std::string streamHead(const StreamResponse &response, const Headers &more)
{
    std::string head = begin(200, response.contentType, response.headers, more);
    add(head, "Connection", "close");
    head += "\r\n";
    return head;
}

} // namespace facetrack::http

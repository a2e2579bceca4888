// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/http/message.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack::http {

/// Which handler a method and a path lead to. Not thread-safe; only read once the server runs.
class FACETRACK_EXPORT Router
{
public:
    /// What was found: a handler, or `allow` (another method would do), or neither (unknown path).
    struct Match
    {
        const Handler *handler = nullptr;
        std::map<std::string, std::string> captures;
        std::string allow; ///< "GET, HEAD, PATCH": for the Allow header; empty for an unknown path
    };

    /// A segment in braces matches any one segment that is not empty. A literal segment wins
    /// over a capture; a route added again with the same method replaces the first.
    void add(std::string method, std::string_view pattern, Handler handler);
    /// `segments` are decoded, see Target. HEAD is found where GET is.
    Match find(std::string_view method, const std::vector<std::string> &segments) const;
    /// "GET /api/v1/presets/{name}" for each route.
    std::vector<std::string> all() const;

private:
    struct Segment
    {
        std::string text; ///< literal, or the capture's name
        bool capture = false;
        bool operator==(const Segment &) const = default;
    };
    struct Route
    {
        std::vector<Segment> segments;
        std::map<std::string, Handler, std::less<>> handlers; ///< by method
    };

    static bool matches(const Route &route, const std::vector<std::string> &segments);
    static bool moreLiteral(const Route &a, const Route &b);

    std::vector<Route> m_routes;
};

} // namespace facetrack::http

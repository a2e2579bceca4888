// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/router.h"

#include <algorithm>

namespace facetrack::http {

void Router::add(std::string method, std::string_view pattern, Handler handler)
{
    Route route;
    if (pattern.starts_with('/'))
        pattern.remove_prefix(1);
    for (;;) {
        const std::size_t slash = pattern.find('/');
        const std::string_view text = pattern.substr(0, slash);
        const bool capture = text.size() > 2 && text.front() == '{' && text.back() == '}';
        route.segments.push_back({std::string(capture ? text.substr(1, text.size() - 2) : text),
                                  capture});
        if (slash == std::string_view::npos)
            break;
        pattern.remove_prefix(slash + 1);
    }
    auto same = std::find_if(m_routes.begin(), m_routes.end(), [&route](const Route &known) {
        return known.segments == route.segments;
    });
    if (same == m_routes.end())
        same = m_routes.insert(m_routes.end(), std::move(route));
    same->handlers.insert_or_assign(std::move(method), std::move(handler));
}

bool Router::matches(const Route &route, const std::vector<std::string> &segments)
{
    return std::equal(route.segments.begin(), route.segments.end(), segments.begin(),
                      segments.end(), [](const Segment &pattern, const std::string &text) {
                          return pattern.capture ? !text.empty() : pattern.text == text;
                      });
}

/// Of two routes that match: the one whose first difference is a literal.
bool Router::moreLiteral(const Route &a, const Route &b)
{
    for (std::size_t i = 0; i < a.segments.size(); ++i) {
        if (a.segments[i].capture != b.segments[i].capture)
            return b.segments[i].capture;
    }
    return false;
}

Router::Match Router::find(std::string_view method, const std::vector<std::string> &segments) const
{
    const Route *best = nullptr;
    for (const Route &route : m_routes) {
        if (matches(route, segments) && (!best || moreLiteral(route, *best)))
            best = &route;
    }
    Match match;
    if (!best)
        return match;
    auto handler = best->handlers.find(method);
    if (handler == best->handlers.end() && method == "HEAD")
        handler = best->handlers.find(std::string_view("GET"));
    if (handler != best->handlers.end()) {
        match.handler = &handler->second;
        for (std::size_t i = 0; i < segments.size(); ++i) {
            if (best->segments[i].capture)
                match.captures.insert_or_assign(best->segments[i].text, segments[i]);
        }
    }
    for (const auto &[name, unused] : best->handlers) {
        match.allow += (match.allow.empty() ? "" : ", ") + name;
        if (name == "GET" && !best->handlers.contains(std::string_view("HEAD")))
            match.allow += ", HEAD";
    }
    return match;
}

std::vector<std::string> Router::all() const
{
    std::vector<std::string> list;
    for (const Route &route : m_routes) {
        std::string path;
        for (const Segment &segment : route.segments)
            path += segment.capture ? "/{" + segment.text + "}" : "/" + segment.text;
        for (const auto &[method, handler] : route.handlers)
            list.push_back(method + " " + path);
    }
    return list;
}

} // namespace facetrack::http

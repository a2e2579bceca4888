#include "libfacetrack/agent/login_routes.h"

#include "libfacetrack/agent/access.h"
#include "libfacetrack/agent/page.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/http/target.h"

#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using http::Request;
using http::Response;
using ReplyPtr = std::shared_ptr<http::Reply>;

std::string escaped(std::string_view text)
{
    std::string html;
    for (const char c : text) {
        switch (c) {
        case '&': html += "&amp;"; break;
        case '<': html += "&lt;"; break;
        case '>': html += "&gt;"; break;
        case '"': html += "&quot;"; break;
        default: html += c;
        }
    }
    return html;
}

void replaceAll(std::string &text, std::string_view what, std::string_view with)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
}

Response form(int status, const std::string &name, std::string_view notice)
{
    static const std::string page = pageText("login.html");
    std::string text = page;
    replaceAll(text, "{{notice}}", escaped(notice));
    replaceAll(text, "{{name}}", escaped(name));
    Response response = Response::text(status, std::move(text));
    response.contentType = "text/html; charset=utf-8";
    response.headers = {{"Content-Security-Policy", std::string(pagePolicy)}};
    return response;
}

Response goTo(const char *path, const std::string &cookie = {})
{
    Response response = Response::text(303, "");
    response.headers.emplace_back("Location", path);
    if (!cookie.empty())
        response.headers.emplace_back("Set-Cookie", cookie);
    return response;
}

/// The field `token` of a form; people paste it with blanks around.
std::string tokenIn(const std::string &body)
{
    const auto fields = http::parseTarget("/?" + body.substr(0, 4096));
    const auto found = fields ? fields->query.find("token") : std::map<std::string, std::string>::const_iterator();
    if (!fields || found == fields->query.end())
        return {};
    std::string token = found->second;
    std::erase(token, ' ');
    return token;
}

void logIn(AccessControl &access, const Request &request, const ReplyPtr &reply, const std::string &name)
{
    if (!access.asksForToken())
        return reply->send(goTo("/"));
    const std::string token = tokenIn(request.body);
    if (token.empty())
        return reply->send(form(400, name, "Type or paste the access token."));
    if (const auto cookie = access.logIn(token))
        return reply->send(goTo("/", *cookie));
    Response response = form(401, name, "That is not this agent’s access token.");
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    access.refuse(request, reply, std::move(response));
}

} // namespace

void addLoginRoutes(http::Server &server, AccessControl &access, std::function<std::string()> name)
{
    server.route("GET", "/login", http::answer([&access, name](const Request &request) {
        return !access.asksForToken() || mayChange(request) ? goTo("/") : form(200, name(), "");
    }));
    server.route("POST", "/login", [&access, name](const Request &request, const ReplyPtr &reply) {
        logIn(access, request, reply, name());
    });
    server.route("POST", "/logout", http::answer([&access](const Request &request) {
        return goTo(access.asksForToken() ? "/login" : "/", access.logOut(request));
    }));
    server.route("GET", "/api/v1/session", http::answer([&access](const Request &request) {
        const nlohmann::ordered_json json{{"change", mayChange(request)},
                                          {"log_in", access.asksForToken() && !mayChange(request)},
                                          {"log_out", access.asksForToken() && mayChange(request)}};
        return Response::json(200, jsonText(json));
    }));
}

} // namespace facetrack

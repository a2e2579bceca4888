#include "libfacetrack/agent/access_control.h"

#include "libfacetrack/agent/own_page.h"
#include "libfacetrack/base/log.h"
#include "libfacetrack/config/parameter.h"
#include "libfacetrack/http/secret_bytes.h"
#include "libfacetrack/http/token.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace facetrack {

namespace {

using http::Request;
using http::Response;
using http::Standing;
using ReplyPtr = std::shared_ptr<http::Reply>;

/// What a stranger may have: who this is and whether it lives, and how to log in.
bool isForEverybody(const Request &request)
{
    constexpr std::array looking{"/api/v1/agent", "/healthz", "/login", "/page.css", "/icon.svg"};
    if (onlyLooks(request))
        return std::find(looking.begin(), looking.end(), request.path) != looking.end();
    return request.method == "POST" && (request.path == "/login" || request.path == "/logout");
}

/// Some hex digits that differ between agents.
std::string shortDigest(const std::string &text)
{
    const std::string digest = http::digestOf(text);
    std::array<char, 9> digits{};
    std::snprintf(digits.data(), digits.size(), "%02x%02x%02x%02x",
                  static_cast<unsigned char>(digest[0]), static_cast<unsigned char>(digest[1]),
                  static_cast<unsigned char>(digest[2]), static_cast<unsigned char>(digest[3]));
    return digits.data();
}

Response unauthorized(const char *challenge, std::string message)
{
    Response response = Response::error(
        401, "unauthorized", std::move(message),
        "send Authorization: Bearer TOKEN (facetrack-agentd token prints it on the agent's machine), "
        "or log in at /login");
    response.headers.emplace_back("WWW-Authenticate", challenge);
    return response;
}

Response tokenWanted(const Request &request)
{
    if (request.path == "/" && onlyLooks(request)) {
        Response response = Response::text(303, "log in at /login\n");
        response.headers.emplace_back("Location", "/login");
        return response;
    }
    return unauthorized("Bearer", onlyLooks(request) ? "looking needs the agent's access token"
                                                     : "changes need the agent's access token");
}

Response foreignPage()
{
    return Response::error(403, "denied", "a page of somebody else may not do this in your name",
                           "open the agent's own page; programs send Authorization: Bearer TOKEN");
}

} // namespace

AccessControl::AccessControl(const AgentConfig &config, std::filesystem::path tokenFile,
                             const std::string &id, const Clock &clock)
    : m_open(config.http.insecureLoopback), m_publicView(config.http.publicView),
      m_tls(config.http.tls && !m_open), m_origins(listItems(config.http.corsOrigins)),
      // __Host- makes browsers hold it to HTTPS, this host and the whole of it.
      m_cookieName((m_tls ? "__Host-facetrack-" : "facetrack-") + shortDigest(id)),
      m_token(std::move(tokenFile)), m_sessions(clock), m_brake(clock)
{
}

Result<std::unique_ptr<AccessControl>> AccessControl::make(const AgentConfig &config,
                                                           const std::string &id, const Clock &clock)
{
    const auto file = accessTokenFile(config);
    if (!file)
        return tl::unexpected(file.error());
    if (!config.http.insecureLoopback) {
        if (const auto token = AccessToken::ensure(*file); !token)
            return tl::unexpected(token.error());
    }
    return std::unique_ptr<AccessControl>(new AccessControl(config, *file, id, clock));
}

http::Guard AccessControl::guard()
{
    return [this](Request &request, const ReplyPtr &reply) { return admit(request, reply); };
}

bool AccessControl::admit(Request &request, const ReplyPtr &reply)
{
    addHeaders(request);
    if (answerPreflight(request, reply))
        return false;
    if (m_open)
        return admitLocal(request, reply);
    if (!know(request, reply))
        return false;
    const bool enough = isForEverybody(request)
        || request.standing == Standing::Trusted
        || (onlyLooks(request) && request.standing == Standing::Guest);
    if (!enough)
        reply->send(tokenWanted(request));
    return enough;
}

/// A page that a browser on this machine has open could send requests too, also under a name of its
/// own that it lets point here.
bool AccessControl::admitLocal(Request &request, const ReplyPtr &reply) const
{
    if (!isLoopback(request.remoteAddress) || !namesThisMachine(header(request, "host"))) {
        reply->send(Response::error(403, "denied", "this agent serves its own machine only",
                                    "open it at http://127.0.0.1:PORT/ there"));
        return false;
    }
    if (!fromOwnPage(request, "http", true)) {
        reply->send(foreignPage());
        return false;
    }
    request.standing = Standing::Trusted;
    return true;
}

/// Sets who asks. False when that is answered already.
bool AccessControl::know(Request &request, const ReplyPtr &reply)
{
    if (const auto given = request.headers.find("authorization"); given != request.headers.end())
        return knowBearer(request, given->second, reply);
    const std::uint64_t generation = m_token.generation();
    const std::string value = sessionValue(request);
    const std::string session = value.empty() ? value : m_sessions.find(value, generation);
    if (!session.empty()) {
        if (!fromOwnPage(request, m_tls ? "https" : "http", false)) {
            reply->send(foreignPage());
            return false;
        }
        request.standing = Standing::Trusted;
        request.stillGood = [this, session] {
            return m_sessions.goesOn(session, m_token.generation());
        };
    } else if (m_publicView) {
        request.standing = Standing::Guest;
    }
    return true;
}

/// No page of somebody else can send this header (unless http.cors_origins lists it): where it is,
/// the origin does not matter.
bool AccessControl::knowBearer(Request &request, std::string_view authorization, const ReplyPtr &reply)
{
    const auto token = http::bearerToken(authorization);
    if (!token) {
        reply->send(unauthorized("Bearer", "the Authorization header holds no bearer token"));
        return false;
    }
    if (!m_token.matches(*token)) {
        refuse(request, reply,
               unauthorized("Bearer error=\"invalid_token\"", "this is not the agent's access token"));
        return false;
    }
    request.standing = Standing::Trusted;
    request.stillGood = [this, generation = m_token.generation()] {
        return m_token.generation() == generation;
    };
    return true;
}

void AccessControl::refuse(const Request &request, ReplyPtr reply, Response response)
{
    if (m_badTokens++ % 100 == 0) // the first, and then now and then
        qCWarning(lcAgent, "a bad access token came from %s (%llu so far)",
                  request.remoteAddress.c_str(), static_cast<unsigned long long>(m_badTokens.load()));
    m_brake.refuse(request.remoteAddress, std::move(reply), std::move(response));
}

void AccessControl::addHeaders(Request &request) const
{
    request.answerHeaders = {
        {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
        {"X-Frame-Options", "DENY"},
        // With no-referrer, the agent's own forms would come from nowhere ("Origin: null").
        {"Referrer-Policy", "same-origin"},
        // Pictures that everybody may see may stand in other pages as well.
        {"Cross-Origin-Resource-Policy", m_publicView ? "cross-origin" : "same-origin"},
    };
    const std::string origin = header(request, "origin");
    if (!m_origins.empty())
        request.answerHeaders.emplace_back("Vary", "Origin");
    if (!isListed(origin))
        return;
    // Without Allow-Credentials: such a page has the token, or it is a stranger.
    request.answerHeaders.emplace_back("Access-Control-Allow-Origin", origin);
    request.answerHeaders.emplace_back("Access-Control-Expose-Headers",
                                       "ETag, X-Next-After, X-Sequence");
}

bool AccessControl::isListed(const std::string &origin) const
{
    return !origin.empty() && std::find(m_origins.begin(), m_origins.end(), origin) != m_origins.end();
}

bool AccessControl::answerPreflight(const Request &request, const ReplyPtr &reply) const
{
    if (request.method != "OPTIONS" || !isListed(header(request, "origin"))
        || !request.headers.contains("access-control-request-method"))
        return false;
    Response response;
    response.status = 204;
    response.headers = {
        {"Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE"},
        {"Access-Control-Allow-Headers",
         "Authorization, Content-Type, If-Match, Last-Event-ID, X-Client"},
        {"Access-Control-Max-Age", "600"},
    };
    reply->send(std::move(response));
    return true;
}

std::string AccessControl::sessionValue(const Request &request) const
{
    const std::string cookies = header(request, "cookie");
    std::string_view rest = cookies;
    while (!rest.empty()) {
        std::string_view one = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
        if (one.starts_with(m_cookieName) && one.substr(m_cookieName.size()).starts_with('='))
            return std::string(one.substr(m_cookieName.size() + 1));
    }
    return {};
}

std::string AccessControl::cookie(const std::string &value, const char *more) const
{
    return m_cookieName + "=" + value + "; Path=/; HttpOnly; SameSite=Strict"
        + (m_tls ? "; Secure" : "") + more;
}

std::optional<std::string> AccessControl::logIn(std::string_view token)
{
    if (!m_token.matches(token))
        return std::nullopt;
    return cookie(m_sessions.open(m_token.generation()), "");
}

std::string AccessControl::logOut(const Request &request)
{
    if (const std::string value = sessionValue(request); !value.empty())
        m_sessions.close(value);
    return cookie({}, "; Max-Age=0");
}

} // namespace facetrack

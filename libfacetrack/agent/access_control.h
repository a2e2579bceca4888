#pragma once
#include "libfacetrack/agent/access_token.h"
#include "libfacetrack/agent/sessions.h"
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/http/guess_brake.h"
#include "libfacetrack/http/message.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack {

/// Who may do what, for every route of an agent. With the token (Bearer) or a session that was begun
/// with it (a cookie, which counts only for requests of the agent's own page), everything. Without,
/// what is open to all, and looking where `http.public_view` says so. Where no token is asked for
/// (--insecure-loopback), everything, from this machine only and from no strange page. docs/security.md
/// says why. guard() and what it is asked run on the server's thread.
class AccessControl
{
public:
    /// Makes the token where there is none. `id` tells the cookies of two agents on one machine apart.
    static Result<std::unique_ptr<AccessControl>> make(const AgentConfig &config, const std::string &id,
                                                       const Clock &clock);

    http::Guard guard();
    /// For people: where no token is asked for, there is nothing to log in to.
    bool asksForToken() const { return !m_open; }

    /// A token from the login form: a cookie (`Set-Cookie`) when it is good.
    std::optional<std::string> logIn(std::string_view token);
    /// Ends the request's session; the cookie that is none.
    std::string logOut(const http::Request &request);
    /// Answers later, and the later the more bad tokens came from there.
    void refuse(const http::Request &request, std::shared_ptr<http::Reply> reply,
                http::Response response);
    std::uint64_t badTokens() const { return m_badTokens; }

private:
    AccessControl(const AgentConfig &config, std::filesystem::path tokenFile, const std::string &id,
                  const Clock &clock);
    bool admit(http::Request &request, const std::shared_ptr<http::Reply> &reply);
    bool admitLocal(http::Request &request, const std::shared_ptr<http::Reply> &reply) const;
    bool know(http::Request &request, const std::shared_ptr<http::Reply> &reply);
    bool knowBearer(http::Request &request, std::string_view authorization,
                    const std::shared_ptr<http::Reply> &reply);
    void addHeaders(http::Request &request) const;
    bool answerPreflight(const http::Request &request, const std::shared_ptr<http::Reply> &reply) const;
    bool isListed(const std::string &origin) const;
    std::string sessionValue(const http::Request &request) const;
    std::string cookie(const std::string &value, const char *more) const;

    const bool m_open; ///< no token is asked for
    const bool m_publicView;
    const bool m_tls;
    const std::vector<std::string> m_origins; ///< of pages that may send the token from elsewhere
    const std::string m_cookieName;
    AccessToken m_token;
    Sessions m_sessions;
    std::atomic<std::uint64_t> m_badTokens{0};
    http::GuessBrake m_brake;
};

} // namespace facetrack

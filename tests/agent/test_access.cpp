// Who may do what: with the token, with a browser's session, without either, from this machine.
#include "libfacetrack/agent/access.h"
#include "libfacetrack/agent/access_control.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

/// Keeps the answer; thread-safe, since the brake answers later.
class KeptReply final : public http::Reply
{
public:
    void send(http::Response response) override
    {
        const std::lock_guard lock(m_mutex);
        m_response = std::move(response);
    }
    void stream(http::StreamResponse) override {}
    std::optional<http::Response> response() const
    {
        const std::lock_guard lock(m_mutex);
        return m_response;
    }

private:
    mutable std::mutex m_mutex;
    std::optional<http::Response> m_response;
};

http::Request request(const char *method, const char *path, const char *from = "192.0.2.7",
                      std::map<std::string, std::string> headers = {})
{
    http::Request request;
    request.method = method;
    request.path = path;
    request.remoteAddress = from;
    request.headers = std::move(headers);
    request.headers.try_emplace("host", "pi.local:7420");
    return request;
}

struct Verdict
{
    bool admitted = false;
    http::Standing standing = http::Standing::Stranger;
    int status = 0; ///< of the guard's own answer
};

} // namespace

class TestAccess : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    ManualClock m_clock;
    AgentConfig m_config;
    std::unique_ptr<AccessControl> m_access;

    std::string token() const { return AccessToken::read(tokenFile()).value(); }
    std::filesystem::path tokenFile() const { return accessTokenFile(m_config).value(); }
    void make() { m_access = AccessControl::make(m_config, "pi-1", m_clock).value(); }

    Verdict ask(http::Request request)
    {
        const auto reply = std::make_shared<KeptReply>();
        Verdict verdict;
        verdict.admitted = m_access->guard()(request, reply);
        verdict.standing = request.standing;
        const auto isAnswered = [&] { return reply->response().has_value(); };
        if (!verdict.admitted)
            [&] { QTRY_VERIFY(isAnswered()); }();
        if (const auto response = reply->response())
            verdict.status = response->status;
        return verdict;
    }
    std::map<std::string, std::string> bearer(const std::string &token) const
    {
        return {{"authorization", "Bearer " + token}};
    }
    /// The Cookie header of a new session, with what a browser sends from the agent's own page.
    std::map<std::string, std::string> session(const char *site = "same-origin",
                                               const char *origin = "https://pi.local:7420")
    {
        const std::string cookie = m_access->logIn(token()).value();
        std::map<std::string, std::string> headers{{"cookie", "a=b; " + cookie.substr(0, cookie.find(';'))}};
        if (site)
            headers["sec-fetch-site"] = site;
        if (origin)
            headers["origin"] = origin;
        return headers;
    }

private Q_SLOTS:
    void init()
    {
        m_config = {};
        m_config.state.directory = m_folder.path().toStdString();
        make();
    }

    void theTokenIsRandomAndItsOwnersOnly()
    {
        const std::string first = token();
        QVERIFY(first.size() >= 43);
        QCOMPARE(QFileInfo(QString::fromStdString(tokenFile().string())).permissions()
                     & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
        make();
        QCOMPARE(token(), first); // kept over a restart
        QVERIFY(AccessToken::renew(tokenFile()).value() != first);
    }

    void strangersGetWhatIsOpenToAllOnly()
    {
        for (const char *open : {"/api/v1/agent", "/healthz", "/login", "/page.css", "/icon.svg"})
            QVERIFY2(ask(request("GET", open)).admitted, open);
        for (const char *closed : {"/stream.mjpg", "/snapshot.jpg", "/api/v1/status", "/metrics",
                                   "/api/v1/events", "/api/v1/clip", "/nowhere"})
            QCOMPARE(ask(request("GET", closed)).status, 401);
        for (const char *method : {"PATCH", "POST", "PUT", "DELETE", "BREW"})
            QCOMPARE(ask(request(method, "/api/v1/agent")).status, 401);
        // From this machine as well: other users may be on it.
        QCOMPARE(ask(request("PATCH", "/api/v1/tuning", "127.0.0.1")).status, 401);
        QCOMPARE(ask(request("GET", "/")).status, 303);
    }

    void theTokenOpensEverything()
    {
        const Verdict verdict = ask(request("PATCH", "/api/v1/tuning", "192.0.2.7", bearer(token())));
        QVERIFY(verdict.admitted);
        QVERIFY(verdict.standing == http::Standing::Trusted);
    }

    void aWrongTokenOpensNothing()
    {
        QCOMPARE(ask(request("GET", "/api/v1/status", "192.0.2.8", bearer("wrong"))).status, 401);
        QCOMPARE(ask(request("GET", "/api/v1/agent", "192.0.2.8", bearer(token() + "x"))).status, 401);
        QCOMPARE(m_access->badTokens(), std::uint64_t(2));
        QVERIFY(!m_access->logIn("wrong"));
        QVERIFY(!m_access->logIn(""));
    }

    void noTokenIsTakenFromAnAddress()
    {
        http::Request with = request("GET", "/api/v1/status");
        with.query["token"] = token();
        QCOMPARE(ask(with).status, 401);
    }

    void aNewTokenEndsTheOldOneAndItsSessions()
    {
        const std::string old = token();
        const auto cookie = session();
        AccessToken::renew(tokenFile()).value();
        QCOMPARE(ask(request("GET", "/api/v1/status", "192.0.2.7", bearer(old))).status, 401);
        QCOMPARE(ask(request("GET", "/api/v1/status", "192.0.2.7", cookie)).status, 401);
        QVERIFY(ask(request("GET", "/api/v1/status", "192.0.2.7", bearer(token()))).admitted);
    }

    void theCookieIsForBrowsersOnly()
    {
        const std::string cookie = m_access->logIn(token()).value();
        for (const char *part : {"; HttpOnly", "; SameSite=Strict", "; Secure", "; Path=/"})
            QVERIFY2(cookie.find(part) != std::string::npos, part);
        QVERIFY(cookie.starts_with("__Host-"));
        QVERIFY(cookie.find(token()) == std::string::npos);
    }

    void aSessionCountsForTheOwnPageOnly()
    {
        QVERIFY(ask(request("PATCH", "/api/v1/tuning", "192.0.2.7", session())).admitted);
        QVERIFY(ask(request("GET", "/stream.mjpg", "192.0.2.7", session("none", nullptr))).admitted);
        const auto status = [&](const char *method, const char *site, const char *origin) {
            return ask(request(method, "/api/v1/tuning", "192.0.2.7", session(site, origin))).status;
        };
        QCOMPARE(status("PATCH", "cross-site", "https://evil.example"), 403);
        QCOMPARE(status("PATCH", "same-site", "https://other.local"), 403);
        QCOMPARE(status("PATCH", nullptr, "https://evil.example"), 403);
        QCOMPARE(status("PATCH", nullptr, "null"), 403);
        QCOMPARE(status("PATCH", nullptr, nullptr), 403); // a form of an old browser
        QCOMPARE(status("GET", "cross-site", nullptr), 403);
    }

    void loggingOutEndsTheSession()
    {
        const auto cookie = session();
        http::Request out = request("POST", "/logout", "192.0.2.7", cookie);
        QVERIFY(m_access->logOut(out).find("Max-Age=0") != std::string::npos);
        QCOMPARE(ask(request("GET", "/api/v1/status", "192.0.2.7", cookie)).status, 401);
    }

    void everybodyMayLookWhereThatIsSet()
    {
        m_config.http.publicView = true;
        make();
        const Verdict looked = ask(request("GET", "/stream.mjpg"));
        QVERIFY(looked.admitted);
        QVERIFY(looked.standing == http::Standing::Guest);
        QCOMPARE(ask(request("PATCH", "/api/v1/tuning")).status, 401);
    }

    void withoutATokenItsOwnMachineOnly()
    {
        m_config.http.insecureLoopback = true;
        make();
        const auto local = [&](const char *method, const char *host, const char *origin = nullptr) {
            std::map<std::string, std::string> headers{{"host", host}};
            if (origin)
                headers["origin"] = origin;
            return ask(request(method, "/api/v1/tuning", "127.0.0.1", headers));
        };
        QVERIFY(local("PATCH", "127.0.0.1:80").admitted);
        QVERIFY(local("PATCH", "[::1]:80").admitted);
        QVERIFY(local("PATCH", "localhost:80", "http://localhost:80").admitted);
        QCOMPARE(local("PATCH", "127.0.0.1:80", "http://127.0.0.1:81").status, 403);
        QCOMPARE(local("PATCH", "127.0.0.1:80", "null").status, 403);
        // A name whose owner points it here after the page was loaded.
        QCOMPARE(local("GET", "evil.example", "http://evil.example").status, 403);
        QCOMPARE(local("GET", "127.evil.example").status, 403);
        QCOMPARE(ask(request("GET", "/api/v1/status", "192.0.2.7", {{"host", "127.0.0.1"}})).status,
                 403);
    }

    void otherPagesAskOnlyWhereTheyAreListed()
    {
        m_config.http.corsOrigins = "https://dash.example";
        make();
        const auto allowed = [&](const char *origin) {
            http::Request asked = request("GET", "/api/v1/agent", "192.0.2.7", {{"origin", origin}});
            m_access->guard()(asked, std::make_shared<KeptReply>());
            for (const auto &[name, value] : asked.answerHeaders)
                if (name == "Access-Control-Allow-Origin")
                    return value;
            return std::string();
        };
        QCOMPARE(allowed("https://dash.example"), std::string("https://dash.example"));
        QCOMPARE(allowed("https://evil.example"), std::string());
        // Not with the cookie of a person who is logged in.
        auto cookie = session("cross-site", "https://dash.example");
        QCOMPARE(ask(request("PATCH", "/api/v1/tuning", "192.0.2.7", cookie)).status, 403);
    }
};

QTEST_GUILESS_MAIN(TestAccess)
#include "test_access.moc"

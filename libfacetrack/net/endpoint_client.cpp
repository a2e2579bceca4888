#include "libfacetrack/net/endpoint_client.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/net/endpoint.h"
#include "libfacetrack/net/exchange.h"
#include "libfacetrack/net/secret_file.h"
#include "libfacetrack/net/tls.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>
#include <algorithm>
#include <list>
#include <optional>
#include <utility>

namespace facetrack::net {

namespace {

constexpr std::chrono::seconds askAfter{10}; ///< of silence: is it still there?

Result<QByteArray> authorization(const EndpointSettings &settings)
{
    if (!settings.tokenFile.empty()) {
        const auto token = readSecret(settings.tokenFile);
        if (!token)
            return tl::unexpected(token.error());
        return "Bearer " + QByteArray::fromStdString(*token);
    }
    if (settings.user.empty())
        return QByteArray();
    std::string password = settings.password;
    if (!settings.passwordFile.empty()) {
        auto read = readSecret(settings.passwordFile);
        if (!read)
            return tl::unexpected(read.error());
        password = std::move(*read);
    }
    return "Basic " + QByteArray::fromStdString(settings.user + ":" + password).toBase64();
}

bool goesInClear(const std::string &text)
{
    const QUrl url(QString::fromStdString(text));
    return url.scheme() == QLatin1String("http") && url.host() != QLatin1String("localhost")
           && !QHostAddress(url.host()).isLoopback();
}

/// What another server might do better.
bool isWorthAnother(int status)
{
    return status == 429 || status == 502 || status == 503 || status == 504;
}

} // namespace

/// One post on its way through the servers.
struct Job
{
    PostRequest request;
    EndpointClient::Done done;
    std::vector<bool> tried;
    std::size_t at = 0; ///< which server has it now
    std::unique_ptr<Exchange> exchange, question;
    int unanswered = 0; ///< questions in a row
    PostAnswer answer; ///< the last one
    bool onlyDenied = true;
};

class EndpointClient::Impl : public QObject
{
public:
    Impl(const EndpointSettings &settings, Tls tls, QByteArray authorization)
        : m_tls(std::move(tls)), m_authorization(std::move(authorization)),
          m_limits{settings.connectTimeout, settings.answerTimeout, askAfter}
    {
        for (const std::string &url : settings.urls)
            m_endpoints.push_back(std::make_unique<Watched>(url));
        for (std::size_t i = 0; i < m_endpoints.size(); ++i) {
            m_endpoints[i]->timer.setSingleShot(true);
            connect(&m_endpoints[i]->timer, &QTimer::timeout, this, [this, i] { probe(i); });
        }
        m_network.setAutoDeleteReplies(false);
    }

    void post(PostRequest request, Done done)
    {
        const auto job = m_jobs.emplace(m_jobs.end());
        job->request = std::move(request);
        job->done = std::move(done);
        job->tried.resize(m_endpoints.size());
        attempt(job);
    }

    std::vector<EndpointState> states() const
    {
        std::vector<EndpointState> all;
        for (const auto &watched : m_endpoints)
            all.push_back(watched->endpoint.state());
        return all;
    }

private:
    using JobPlace = std::list<Job>::iterator;

    struct Watched
    {
        explicit Watched(const std::string &url) : endpoint(url) {}
        Endpoint endpoint;
        QTimer timer; ///< until it is asked again
        std::unique_ptr<Exchange> question;
    };

    std::optional<std::size_t> choose(const Job &job)
    {
        std::optional<std::size_t> best;
        const auto rank = [this](std::size_t i) {
            const Endpoint &endpoint = m_endpoints[i]->endpoint;
            return std::pair(!endpoint.state().healthy, endpoint.busy());
        };
        for (std::size_t step = 0; step < m_endpoints.size(); ++step) {
            const std::size_t i = (m_turn + step) % m_endpoints.size();
            if (!job.tried[i] && (!best || rank(i) < rank(*best)))
                best = i;
        }
        m_turn = (m_turn + 1) % m_endpoints.size();
        return best;
    }

    QNetworkRequest request(const Endpoint &endpoint, const std::string &path) const
    {
        QNetworkRequest request(endpoint.address(path));
        request.setSslConfiguration(m_tls.configuration);
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        // A redirect must not carry credentials to somebody else.
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                             QNetworkRequest::ManualRedirectPolicy);
        request.setRawHeader("Accept-Encoding", "identity");
        if (!m_authorization.isEmpty())
            request.setRawHeader("Authorization", m_authorization);
        return request;
    }

    void attempt(JobPlace job)
    {
        const auto chosen = choose(*job);
        if (!chosen)
            return finish(job);
        job->at = *chosen;
        job->unanswered = 0;
        job->tried[*chosen] = true;
        Endpoint &endpoint = m_endpoints[*chosen]->endpoint;
        endpoint.begin();
        QNetworkRequest to = request(endpoint, job->request.path);
        to.setRawHeader("Content-Type", job->request.contentType);
        if (!job->request.contentEncoding.isEmpty())
            to.setRawHeader("Content-Encoding", job->request.contentEncoding);
        job->exchange = std::make_unique<Exchange>(m_tls, m_limits, endpoint.state().url);
        job->exchange->post(
            m_network, to, job->request.body,
            [this, job](ExchangeResult result) { answered(job, std::move(result)); },
            [this, job] { ask(job); });
    }

    void answered(JobPlace job, ExchangeResult result)
    {
        const std::size_t at = job->at;
        Endpoint &endpoint = m_endpoints[at]->endpoint;
        endpoint.end();
        job->question.reset();
        job->answer = {result.status, std::move(result.body), std::move(result.contentType),
                       endpoint.state().url, result.trouble};
        if (!result.trouble || result.trouble->code != ErrorCode::Denied)
            job->onlyDenied = false;
        retire(std::move(job->exchange));
        if (result.trouble || isWorthAnother(result.status)) {
            noteFailure(at, wordsFor(result));
            return attempt(job);
        }
        if (endpoint.succeeded())
            qCInfo(lcNet, "%s is back", endpoint.state().url.c_str());
        finish(job);
    }

    void finish(JobPlace job)
    {
        // With one server not trusted and another away, waiting may help.
        if (job->answer.error && !job->onlyDenied)
            job->answer.error->code = ErrorCode::Unavailable;
        const Done done = std::move(job->done);
        PostAnswer answer = std::move(job->answer);
        m_jobs.erase(job);
        done(std::move(answer));
    }

    /// A server that has been silent for long may have lost its power: then a new connection to it
    /// fails soon, where this one would only time out.
    void ask(JobPlace job)
    {
        if (job->question)
            return;
        const Endpoint &endpoint = m_endpoints[job->at]->endpoint;
        job->question = std::make_unique<Exchange>(m_tls, shortLimits(), endpoint.state().url);
        job->question->get(m_network, request(endpoint, "/"), [this, job](ExchangeResult result) {
            retire(std::move(job->question));
            // Twice, because it may only be busy.
            job->unanswered = result.trouble ? job->unanswered + 1 : 0;
            if (job->unanswered >= 2)
                job->exchange->giveUp("went silent");
        });
    }

    /// For the status and the log, with what a person may look at: http or https, the CA file.
    static std::string wordsFor(const ExchangeResult &result)
    {
        if (!result.trouble)
            return "answered " + std::to_string(result.status);
        return describe({result.trouble->code, {}, result.trouble->message, result.trouble->advice});
    }

    void noteFailure(std::size_t i, const std::string &words)
    {
        Watched &watched = *m_endpoints[i];
        if (watched.endpoint.failed(words))
            qCWarning(lcNet, "%s: %s", watched.endpoint.state().url.c_str(), words.c_str());
        if (!watched.question)
            watched.timer.start(watched.endpoint.pause());
    }

    void probe(std::size_t i)
    {
        Watched &watched = *m_endpoints[i];
        if (watched.question || watched.endpoint.state().healthy)
            return;
        watched.question
            = std::make_unique<Exchange>(m_tls, shortLimits(), watched.endpoint.state().url);
        watched.question->get(m_network, request(watched.endpoint, "/"),
                              [this, i](ExchangeResult result) { probed(i, result); });
    }

    void probed(std::size_t i, const ExchangeResult &result)
    {
        Watched &watched = *m_endpoints[i];
        retire(std::move(watched.question));
        if (result.trouble || result.status >= 500 || result.status == 429)
            noteFailure(i, wordsFor(result));
        else if (watched.endpoint.revived())
            qCInfo(lcNet, "%s is back", watched.endpoint.state().url.c_str());
    }

    ExchangeLimits shortLimits() const { return {m_limits.connect, m_limits.connect, askAfter}; }

    /// An exchange calls back from inside itself: it can only go later.
    static void retire(std::unique_ptr<Exchange> exchange)
    {
        if (exchange)
            exchange.release()->deleteLater();
    }

    const Tls m_tls;
    const QByteArray m_authorization;
    const ExchangeLimits m_limits;
    QNetworkAccessManager m_network;
    std::vector<std::unique_ptr<Watched>> m_endpoints;
    std::list<Job> m_jobs; // last: its exchanges go before the network
    std::size_t m_turn = 0;
};

Result<void> checkAddress(const std::string &text)
{
    const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    const bool scheme = url.scheme() == QLatin1String("http")
                        || url.scheme() == QLatin1String("https");
    if (!url.userInfo().isEmpty())
        return fail(ErrorCode::InvalidArgument, "upload.urls",
                    "an address must not hold a user or password",
                    "set upload.user and upload.password_file");
    const bool bare = (url.path().isEmpty() || url.path() == QLatin1String("/"))
                      && !url.hasQuery() && !url.hasFragment();
    if (!url.isValid() || !scheme || url.host().isEmpty() || !bare)
        return fail(ErrorCode::InvalidArgument, "upload.urls", "\"" + text + "\" is no address",
                    "give http://HOST:PORT or https://HOST:PORT");
    return {};
}

EndpointClient::EndpointClient(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
EndpointClient::~EndpointClient() = default;

Result<std::unique_ptr<EndpointClient>> EndpointClient::make(const EndpointSettings &settings)
{
    if (settings.urls.empty())
        return fail(ErrorCode::InvalidArgument, "upload.urls", "no address is set");
    for (const std::string &url : settings.urls) {
        if (auto checked = checkAddress(url); !checked)
            return tl::unexpected(checked.error());
    }
    auto tls = makeTls(settings);
    if (!tls)
        return tl::unexpected(tls.error());
    auto secret = authorization(settings);
    if (!secret)
        return tl::unexpected(secret.error());
    if (!secret->isEmpty() && std::any_of(settings.urls.begin(), settings.urls.end(), goesInClear))
        qCWarning(lcNet, "credentials go over the network unencrypted: use https");
    return std::unique_ptr<EndpointClient>(new EndpointClient(
        std::make_unique<Impl>(settings, std::move(*tls), std::move(*secret))));
}

void EndpointClient::post(PostRequest request, Done done)
{
    m_impl->post(std::move(request), std::move(done));
}

std::vector<EndpointState> EndpointClient::states() const
{
    return m_impl->states();
}

} // namespace facetrack::net

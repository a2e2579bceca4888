#include "libfacetrack/relay/relay.h"

#include "libfacetrack/agent/identity.h"
#include "libfacetrack/agent/own_certificate.h"
#include "libfacetrack/base/log.h"
#include "libfacetrack/config/text_forms.h"
#include "libfacetrack/http/guess_brake.h"
#include "libfacetrack/http/server.h"
#include "libfacetrack/http/token_secrets.h"
#include "libfacetrack/relay/access.h"
#include "libfacetrack/relay/intake.h"
#include "libfacetrack/relay/refusal_log.h"
#include "libfacetrack/relay/relay_status.h"
#include "libfacetrack/store/upload_settings.h"

#include <atomic>
#include <utility>

namespace facetrack {

namespace {

using http::Request;
using http::Response;
using ReplyPtr = std::shared_ptr<http::Reply>;

/// Packed, this is ten thousand rows with many faces; more than a busy agent sends at a time.
constexpr std::size_t mostBodyBytes = 4 * 1024 * 1024;

/// The first bytes of gzip; neither records nor JSON begin so.
constexpr std::string_view gzipMagic = "\x1f\x8b";

JournalOptions journalOptions(const AgentConfig &config, const std::filesystem::path &folder)
{
    JournalOptions options;
    options.file = folder / "relay.sqlite";
    options.maxBytes = config.journal.maxMegabytes * 1024 * 1024;
    options.maxAge = std::chrono::hours(24) * config.journal.maxDays;
    options.commitInterval = std::chrono::milliseconds(config.journal.commitMilliseconds);
    return options;
}

http::ServerLimits serverLimits(const AgentConfig::Http &config)
{
    http::ServerLimits limits;
    limits.bodyBytes = mostBodyBytes;
    limits.connections = static_cast<std::size_t>(config.maxConnections);
    // A whole batch has to come through the uplink of a booth in this time.
    limits.headerTimeout = std::chrono::seconds(60);
    // Agents send a batch every few seconds: their connections are worth keeping.
    limits.idleTimeout = std::chrono::seconds(90);
    return limits;
}

/// 401, 403 or 503 for a caller that is not let in.
Response notLetIn(const Error &error)
{
    const int status = error.code == ErrorCode::Unsupported   ? 403
                       : error.code == ErrorCode::Unavailable ? 503
                                                              : 401;
    Response response = Response::error(status, status == 401 ? "bad_token" : errorCodeName(error.code),
                                        error.where + ": " + error.message, error.advice);
    if (status == 401)
        response.headers.emplace_back(
            "WWW-Authenticate", error.code == ErrorCode::Denied ? "Bearer error=\"invalid_token\""
                                                                : "Bearer");
    return response;
}

/// Who the refused token says it is from, to find the agent; anyone may write anything there.
std::string saysItIs(const Request &request)
{
    const auto header = request.headers.find("authorization");
    const auto token = header == request.headers.end() ? std::nullopt
                                                       : http::bearerToken(header->second);
    const std::string agent = token ? http::claimedIssuer(*token) : std::string();
    return agent.empty() || !isAgentId(agent) ? "" : " (the token says it is \"" + agent + "\"'s)";
}

} // namespace

class Relay::Impl
{
public:
    Impl(AgentConfig given, std::unique_ptr<Journal> opened, const std::filesystem::path &secrets,
         const Clock &theClock)
        : config(std::move(given)), info(makeAgentInfo(config.agent)), clock(theClock),
          started(theClock.monotonic()), journal(std::move(opened)), access(secrets, theClock),
          refusals(theClock),
          intake(*journal, refusals, {}, theClock), brake(theClock), server(serverLimits(config.http))
    {
    }

    ~Impl()
    {
        // What waits for an answer gets it while there is a server to send it.
        server.stop();
    }

    Result<void> beginUpload();
    Result<void> serve();
    RelayStatus status() const;

    const AgentConfig config;
    const AgentInfo info;
    const Clock &clock;
    const MonotonicTime started;
    std::atomic<std::uint64_t> badTokens{0};
    // In the order of the flow: what is declared later feeds what is declared earlier.
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Uploader> uploader; ///< null without upload.urls
    Access access;
    RefusalLog refusals;
    Intake intake;
    http::GuessBrake brake;
    std::shared_ptr<const http::TlsContext> tls; ///< null in plain HTTP
    http::Server server;

private:
    void post(Posted::Form form, const Request &request, ReplyPtr reply);
    Result<Caller> letIn(Posted::Form form, const Request &request);
    void addStatusRoutes();
};

Result<Caller> Relay::Impl::letIn(Posted::Form form, const Request &request)
{
    const bool open = form == Posted::Form::LegacyData && config.relay.legacyOpen
                      && isPrivateAddress(request.remoteAddress)
                      && !request.headers.contains("authorization");
    return open ? Caller{{}, true} : access.caller(request);
}

void Relay::Impl::post(Posted::Form form, const Request &request, ReplyPtr reply)
{
    auto caller = letIn(form, request);
    if (!caller) {
        if (caller.error().code == ErrorCode::Unavailable)
            return reply->send(notLetIn(caller.error()));
        ++badTokens;
        const bool named = caller.error().code == ErrorCode::Unsupported;
        refusals.tell(request.remoteAddress,
                      describe(caller.error()) + (named ? "" : saysItIs(request)));
        return brake.refuse(request.remoteAddress, std::move(reply), notLetIn(caller.error()));
    }
    Posted posted;
    posted.form = form;
    if (const auto coding = request.headers.find("content-encoding");
        coding != request.headers.end() && coding->second != "identity") {
        posted.packed = coding->second == "gzip";
        if (!posted.packed)
            return reply->send(Response::error(415, "unsupported_encoding",
                                               "the content's coding is not known here",
                                               "send it plain or with gzip"));
    }
    if (!posted.packed && request.body.starts_with(gzipMagic))
        return reply->send(Response::error(415, "unsupported_encoding",
                                           "the body is gzip, but no Content-Encoding says so",
                                           "add the header Content-Encoding: gzip"));
    posted.body = request.body;
    posted.address = request.remoteAddress;
    posted.caller = std::move(*caller);
    posted.reply = std::move(reply);
    intake.take(std::move(posted));
}

void Relay::Impl::addStatusRoutes()
{
    server.route("GET", "/api/v1/status", http::answer([this](const Request &) {
        return Response::json(200, statusJson(status()));
    }));
    server.route("GET", "/metrics", http::answer([this](const Request &) {
        Response response = Response::text(200, metricsText(status()));
        response.contentType = "text/plain; version=0.0.4; charset=utf-8";
        return response;
    }));
    const auto health = [this](std::string (*trouble)(const RelayStatus &)) {
        return http::answer([this, trouble](const Request &) {
            const std::string wrong = trouble(status());
            return wrong.empty() ? Response::text(200, "ok\n") : Response::text(503, wrong + "\n");
        });
    };
    server.route("GET", "/healthz", health(whatIsWrong));
    // Agents ask at "/" whether a relay is worth trying again, as they ask a database. One whose
    // upload is refused is: it still keeps what they send.
    server.route("GET", "/", health(whatTurnsAway));
}

Result<void> Relay::Impl::beginUpload()
{
    auto made = makeUploader(config, *journal, clock);
    if (!made)
        return tl::unexpected(made.error());
    uploader = std::move(*made);
    if (uploader)
        uploader->start();
    else
        qCWarning(lcRelay, "upload.urls is empty: records stay here, and none are taken once the "
                           "journal is full");
    return {};
}

Result<void> Relay::Impl::serve()
{
    server.route("POST", "/api/v1/records", [this](const Request &request, ReplyPtr reply) {
        post(Posted::Form::Records, request, std::move(reply));
    });
    server.route("POST", "/data", [this](const Request &request, ReplyPtr reply) {
        post(Posted::Form::LegacyData, request, std::move(reply));
    });
    addStatusRoutes();
    if (config.relay.tls) {
        auto own = ownCertificate(config, info.id);
        if (!own)
            return tl::unexpected(own.error());
        tls = std::move(*own);
        server.secure(tls);
    }
    return server.start(config.relay.listen);
}

RelayStatus Relay::Impl::status() const
{
    RelayStatus status;
    status.relay = info;
    status.now = clock.utc();
    status.uptime = clock.monotonic() - started;
    status.intake = intake.state();
    status.badTokens = badTokens;
    status.journal = journal->state();
    if (uploader)
        status.upload = uploader->state();
    status.connections = server.connections();
    status.requests = server.requests();
    return status;
}

Result<std::filesystem::path> relaySecretsFile(const AgentConfig &config)
{
    if (!config.relay.secretsFile.empty())
        return config.relay.secretsFile;
    auto folder = stateDirectory(config.state.directory);
    if (!folder)
        return folder;
    return *folder / "relay-secrets";
}

Relay::Relay(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Relay::~Relay() = default;

Result<std::unique_ptr<Relay>> Relay::start(AgentConfig config, const Clock &clock)
{
    const auto folder = stateDirectory(config.state.directory);
    const auto secrets = relaySecretsFile(config);
    if (!folder || !secrets)
        return tl::unexpected(folder ? secrets.error() : folder.error());
    if (auto readable = http::TokenSecrets::read(*secrets); !readable) {
        Error error = readable.error();
        if (error.code == ErrorCode::NotFound)
            error.advice = "facetrack-agentd relay secret makes it";
        return tl::unexpected(error);
    }
    auto journal = Journal::open(journalOptions(config, *folder), clock);
    if (!journal)
        return tl::unexpected(journal.error());
    auto impl = std::make_unique<Impl>(std::move(config), std::move(*journal), *secrets, clock);
    if (const auto begun = impl->beginUpload(); !begun)
        return tl::unexpected(begun.error());
    if (const auto served = impl->serve(); !served)
        return tl::unexpected(served.error());
    std::unique_ptr<Relay> relay(new Relay(std::move(impl)));
    qCInfo(lcRelay, "%s relays records, serves %s, keeps rows in %s",
           relay->m_impl->info.name.c_str(), relay->url().c_str(), folder->c_str());
    return relay;
}

std::vector<WorkPart> Relay::progress()
{
    return {{"no answer from the server's thread", m_impl->server.pulse(), false, {}}};
}

std::string Relay::summary() const
{
    return "relays records, " + std::to_string(m_impl->server.connections()) + " connections";
}

std::string Relay::url() const
{
    return m_impl->server.url();
}

std::string Relay::fingerprint() const
{
    return m_impl->tls ? m_impl->tls->fingerprint() : std::string();
}

} // namespace facetrack

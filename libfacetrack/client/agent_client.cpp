#include "libfacetrack/client/agent_client.h"

#include "libfacetrack/base/json_text.h"
#include "libfacetrack/base/strict_json.h"
#include "libfacetrack/client/agent_link.h"
#include "libfacetrack/client/answer_reading.h"
#include "libfacetrack/config/schema_reader.h"

#include <QPointer>
#include <QTimer>
#include <algorithm>
#include <list>

namespace facetrack {

using nlohmann::json;
using net::Exchange;
using net::ExchangeResult;

namespace {

constexpr std::chrono::seconds neverAsks{3600};
constexpr std::size_t deepest = 32;

AgentFailure broken(const std::string &where, const std::string &words)
{
    AgentFailure failure;
    failure.code = ErrorCode::Corrupt;
    failure.where = where;
    failure.message = "its answer cannot be understood: " + words;
    failure.advice = "is this the address of an agent, and of a version that fits?";
    failure.trouble = AgentTrouble::Broken;
    return failure;
}

/// Hands a successful JSON answer on as a value.
template<typename T, typename Read>
AgentClient::Done<json> reading(AgentClient::Done<T> done, Read read)
{
    return [done = std::move(done), read](AgentResult<json> answer) {
        if (!answer)
            return done(tl::unexpected(answer.error()));
        done(read(*answer));
    };
}

} // namespace

class AgentClient::Impl
{
public:
    using Answered = std::function<void(AgentResult<ExchangeResult>)>;

    struct Ask
    {
        std::string method = "GET", path;
        Query query = {};
        json body = {}; ///< null: none
        std::string ifMatch = {};
    };

    Impl(AgentAccess access, AgentLimits limits)
        : m_link(std::make_unique<AgentLink>(std::move(access))), m_limits(limits)
    {
    }

    void ask(const Ask &ask, QObject *context, Answered done)
    {
        QNetworkRequest request = m_link->request(ask.path, ask.query);
        if (!m_name.empty())
            request.setRawHeader("X-Client", QByteArray::fromStdString(m_name));
        if (!ask.ifMatch.empty())
            request.setRawHeader("If-Match", QByteArray::fromStdString(ask.ifMatch));
        QByteArray body;
        if (!ask.body.is_null()) {
            request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
            body = QByteArray::fromStdString(jsonText(ask.body));
        }
        m_calls.push_back({context, std::move(done), std::move(request),
                           QByteArray::fromStdString(ask.method), std::move(body), nullptr});
        const auto call = std::prev(m_calls.end());
        if (!call->changes() || !isChanging())
            send(call);
    }

    /// Like ask(), for JSON; `done` gets the ETag beside it.
    void askJson(const Ask &what, QObject *context,
                 std::function<void(AgentResult<json>, const std::string &etag)> done)
    {
        ask(what, context, [url = m_link->access().url, done = std::move(done)](
                               AgentResult<ExchangeResult> answer) {
            if (!answer)
                return done(tl::unexpected(answer.error()), {});
            const QByteArray &body = answer->body;
            auto read = body.isEmpty() ? Result<json>(json())
                                       : parseStrictJson({body.constData(),
                                                          static_cast<std::size_t>(body.size())},
                                                         deepest);
            if (!read)
                return done(tl::unexpected(broken(url, read.error().message)), {});
            done(std::move(*read), answer->etag.toStdString());
        });
    }

    void askTuning(const Ask &ask, QObject *context, Done<AgentTuning> done)
    {
        askJson(ask, context, [url = m_link->access().url, done = std::move(done)](
                                  AgentResult<json> answer, const std::string &etag) {
            if (!answer)
                return done(tl::unexpected(answer.error()));
            AgentTuning tuning = tuningFrom(*answer);
            if (!tuning.values.is_object())
                return done(tl::unexpected(broken(url, "there are no values in it")));
            tuning.etag = etag;
            done(std::move(tuning));
        });
    }

    void setAccess(AgentAccess access)
    {
        auto old = std::exchange(m_calls, {});
        for (Call &call : old) {
            const AgentFailure failure = givenUp();
            QTimer::singleShot(0, call.context ? call.context.data() : &m_here,
                               [done = std::move(call.done), failure] {
                                   done(tl::unexpected(failure));
                               });
        }
        old.clear();
        m_seen.clear();
        m_link = std::make_unique<AgentLink>(std::move(access));
    }

    std::unique_ptr<AgentLink> m_link;
    const AgentLimits m_limits;
    std::string m_name, m_seen;

private:
    struct Call
    {
        QPointer<QObject> context;
        Answered done;
        QNetworkRequest request;
        QByteArray method, body;
        std::unique_ptr<Exchange> exchange; ///< null: it waits for a change before it

        bool changes() const { return method != "GET"; }
    };

    bool isChanging() const
    {
        return std::any_of(m_calls.begin(), m_calls.end(),
                           [](const Call &call) { return call.changes() && call.exchange; });
    }

    void send(std::list<Call>::iterator call)
    {
        call->exchange = std::make_unique<Exchange>(
            m_link->tls(), net::ExchangeLimits{m_limits.connect, m_limits.answer, neverAsks},
            m_link->access().url);
        call->exchange->send(m_link->network(), call->method, call->request, call->body,
                             [this, call](ExchangeResult result) { finish(call, std::move(result)); });
    }

    /// Over several connections, the later of two changes could be taken before the earlier.
    void sendNextChange()
    {
        if (isChanging())
            return;
        const auto next = std::find_if(m_calls.begin(), m_calls.end(),
                                       [](const Call &call) { return call.changes(); });
        if (next != m_calls.end())
            send(next);
    }

    AgentFailure givenUp() const
    {
        AgentFailure failure;
        failure.code = ErrorCode::Unavailable;
        failure.where = m_link->access().url;
        failure.message = "was not asked to the end, because its address or token changed";
        failure.trouble = AgentTrouble::Unreachable;
        return failure;
    }

    void finish(std::list<Call>::iterator call, ExchangeResult result)
    {
        if (!result.certificate.isEmpty())
            m_seen = fingerprintText(result.certificate.toHex().toStdString());
        // An exchange calls back from inside itself: it can only go later.
        call->exchange.release()->deleteLater();
        const QPointer<QObject> context = call->context;
        const Answered done = std::move(call->done);
        m_calls.erase(call);
        sendNextChange();
        if (!context)
            return;
        const bool fine = !result.trouble && result.status >= 200 && result.status < 300;
        // The last thing here: it may destroy the client.
        if (fine)
            done(std::move(result));
        else
            done(tl::unexpected(m_link->failure(result)));
    }

    QObject m_here;
    std::list<Call> m_calls; // last: exchanges go before the network
};

AgentClient::AgentClient(AgentAccess access, AgentLimits limits, QObject *parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(std::move(access), limits))
{
}

AgentClient::~AgentClient() = default;

const AgentAccess &AgentClient::access() const { return m_impl->m_link->access(); }
void AgentClient::setAccess(AgentAccess access) { m_impl->setAccess(std::move(access)); }
void AgentClient::setName(std::string name) { m_impl->m_name = std::move(name); }
std::string AgentClient::fingerprint() const { return m_impl->m_seen; }

void AgentClient::get(const std::string &path, const Query &query, QObject *context, Done<json> done)
{
    m_impl->askJson({.path = path, .query = query}, context,
                    [done = std::move(done)](AgentResult<json> answer, const std::string &) {
                        done(std::move(answer));
                    });
}

void AgentClient::send(const std::string &method, const std::string &path, const json &body,
                       QObject *context, Done<json> done)
{
    m_impl->askJson({.method = method, .path = path, .body = body}, context,
                    [done = std::move(done)](AgentResult<json> answer, const std::string &) {
                        done(std::move(answer));
                    });
}

void AgentClient::agent(QObject *context, Done<AgentInfo> done)
{
    get("/api/v1/agent", {}, context,
        [url = access().url, done = std::move(done)](AgentResult<json> answer) {
            if (!answer)
                return done(tl::unexpected(answer.error()));
            AgentInfo info = agentFrom(*answer);
            if (info.id.empty())
                return done(tl::unexpected(broken(url, "it has no id")));
            done(std::move(info));
        });
}

void AgentClient::setAgent(json wish, QObject *context, Done<AgentInfo> done)
{
    send("PUT", "/api/v1/agent", wish, context, reading<AgentInfo>(std::move(done), agentFrom));
}

void AgentClient::status(QObject *context, Done<AgentReport> done)
{
    get("/api/v1/status", {}, context, reading<AgentReport>(std::move(done), reportFrom));
}

void AgentClient::schema(QObject *context, Done<std::vector<Parameter>> done)
{
    get("/api/v1/schema", {}, context, reading<std::vector<Parameter>>(std::move(done), [](const json &answer) {
            return parametersFrom(part(answer, "parameters"));
        }));
}

void AgentClient::tuning(QObject *context, Done<AgentTuning> done)
{
    m_impl->askTuning({.path = "/api/v1/tuning"}, context, std::move(done));
}

void AgentClient::patchTuning(json patch, QObject *context, Done<AgentTuning> done,
                              std::string ifMatch)
{
    m_impl->askTuning({.method = "PATCH", .path = "/api/v1/tuning", .body = std::move(patch),
                       .ifMatch = std::move(ifMatch)},
                      context, std::move(done));
}

void AgentClient::redo(json values, QObject *context, Done<AgentTuning> done)
{
    m_impl->askTuning({.method = "PATCH", .path = "/api/v1/tuning?cause=redo", .body = std::move(values)},
                      context, std::move(done));
}

void AgentClient::undo(QObject *context, Done<AgentTuning> done, std::string ifMatch)
{
    m_impl->askTuning({.method = "POST", .path = "/api/v1/tuning/undo", .ifMatch = std::move(ifMatch)},
                      context, std::move(done));
}

void AgentClient::reset(QObject *context, Done<AgentTuning> done, std::string ifMatch)
{
    m_impl->askTuning({.method = "POST", .path = "/api/v1/tuning/reset", .ifMatch = std::move(ifMatch)},
                      context, std::move(done));
}

void AgentClient::history(int limit, QObject *context, Done<std::vector<AgentTuningStep>> done)
{
    get("/api/v1/tuning/history", {{"limit", std::to_string(limit)}}, context,
        reading<std::vector<AgentTuningStep>>(std::move(done), [](const json &answer) {
            std::vector<AgentTuningStep> steps;
            for (const json &step : part(answer, "steps"))
                steps.push_back(stepFrom(step));
            return steps;
        }));
}

void AgentClient::presets(QObject *context, Done<std::vector<AgentPreset>> done)
{
    get("/api/v1/presets", {}, context,
        reading<std::vector<AgentPreset>>(std::move(done), [](const json &answer) {
            std::vector<AgentPreset> presets;
            for (const json &preset : part(answer, "presets"))
                presets.push_back(presetFrom(preset));
            return presets;
        }));
}

void AgentClient::preset(const std::string &name, QObject *context, Done<AgentPreset> done)
{
    get("/api/v1/presets/" + pathSegment(name), {}, context,
        reading<AgentPreset>(std::move(done), presetFrom));
}

void AgentClient::savePreset(const std::string &name, json values, QObject *context,
                             Done<AgentPreset> done)
{
    const json body = values.is_null() ? json::object() : json{{"values", std::move(values)}};
    send("PUT", "/api/v1/presets/" + pathSegment(name), body, context,
         reading<AgentPreset>(std::move(done), presetFrom));
}

void AgentClient::deletePreset(const std::string &name, QObject *context, Done<Nothing> done)
{
    send("DELETE", "/api/v1/presets/" + pathSegment(name), {}, context,
         reading<Nothing>(std::move(done), [](const json &) { return Nothing(); }));
}

void AgentClient::applyPreset(const std::string &name, QObject *context, Done<AgentTuning> done)
{
    m_impl->askTuning({.method = "POST", .path = "/api/v1/presets/" + pathSegment(name) + "/apply"},
                      context, std::move(done));
}

void AgentClient::identify(QObject *context, Done<Identified> done)
{
    send("POST", "/api/v1/identify", {}, context, reading<Identified>(std::move(done), identifiedFrom));
}

void AgentClient::restartSource(QObject *context, Done<Nothing> done)
{
    send("POST", "/api/v1/source/restart", {}, context,
         reading<Nothing>(std::move(done), [](const json &) { return Nothing(); }));
}

void AgentClient::calibration(bool open, QObject *context, Done<json> done)
{
    send("POST", "/api/v1/calibration", {{"open", open}}, context, std::move(done));
}

void AgentClient::snapshot(const Query &options, QObject *context, Done<AgentSnapshot> done)
{
    picture("/snapshot.jpg", options, context, std::move(done));
}

void AgentClient::picture(const std::string &path, const Query &query, QObject *context,
                          Done<AgentSnapshot> done)
{
    m_impl->ask({.path = path, .query = query}, context,
                [url = access().url, done = std::move(done)](AgentResult<ExchangeResult> answer) {
                    if (!answer)
                        return done(tl::unexpected(answer.error()));
                    if (!answer->body.startsWith("\xff\xd8"))
                        return done(tl::unexpected(broken(url, "it is no JPEG picture")));
                    done(AgentSnapshot{std::move(answer->body)});
                });
}

} // namespace facetrack

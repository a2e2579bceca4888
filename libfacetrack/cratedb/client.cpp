#include "libfacetrack/cratedb/client.h"

#include <QEventLoop>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace facetrack::cratedb {

namespace {

SqlResult toResult(net::PostAnswer posted)
{
    if (posted.error) {
        const bool passing = posted.error->code == ErrorCode::Unavailable;
        return {{passing ? Verdict::Passing : Verdict::Permanent, *posted.error}, {}, {}};
    }
    Answer answer = readAnswer({posted.body.constData(), static_cast<std::size_t>(posted.body.size())});
    SqlResult result{meaningOf(posted.status, answer), std::move(answer.rows), {}};
    result.meaning.error.where = posted.endpoint;
    if (result.meaning.verdict == Verdict::Done)
        result.body = std::move(posted.body);
    return result;
}

} // namespace

Client::Client(std::unique_ptr<net::EndpointClient> endpoints) : m_endpoints(std::move(endpoints)) {}
Client::~Client() = default;

Result<std::unique_ptr<Client>> Client::make(const net::EndpointSettings &settings)
{
    auto endpoints = net::EndpointClient::make(settings);
    if (!endpoints)
        return tl::unexpected(endpoints.error());
    return std::unique_ptr<Client>(new Client(std::move(*endpoints)));
}

void Client::send(QByteArray body, Done done)
{
    net::PostRequest request;
    request.path = "/_sql";
    request.body = std::move(body);
    m_endpoints->post(std::move(request), [done = std::move(done)](net::PostAnswer posted) {
        done(toResult(std::move(posted)));
    });
}

Result<nlohmann::json> Client::ask(const std::string &statement)
{
    return ask(statement, nlohmann::json());
}

Result<nlohmann::json> Client::ask(const std::string &statement, const nlohmann::json &args)
{
    nlohmann::json body{{"stmt", statement}};
    if (!args.is_null())
        body["args"] = args;
    std::optional<SqlResult> result;
    QEventLoop loop;
    send(QByteArray::fromStdString(body.dump()), [&](SqlResult answered) {
        result = std::move(answered);
        loop.quit();
    });
    while (!result)
        loop.exec();
    if (result->meaning.verdict != Verdict::Done)
        return tl::unexpected(result->meaning.error);
    auto json = nlohmann::json::parse(result->body.begin(), result->body.end(), nullptr, false);
    if (json.is_discarded())
        return fail(ErrorCode::Internal, result->meaning.error.where, "the answer is no JSON");
    return json;
}

} // namespace facetrack::cratedb

#include "libfacetrack/store/relay_sink.h"

#include "libfacetrack/base/gzip.h"
#include "libfacetrack/base/strict_json.h"
#include "libfacetrack/store/record_wire.h"

#include <QTimer>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace facetrack {

namespace {

using Json = nlohmann::json;
using Verdict = BatchAnswer::Verdict;
using Outcome = RecordResult::Outcome;
using Indices = std::vector<std::uint32_t>;

constexpr std::string_view prefix = "relay+";
/// A relay unpacks 16 MiB.
constexpr std::size_t mostText = 15 * 1024 * 1024;
/// When so many rows are refused and none is taken, it is not the rows.
constexpr std::size_t hopeless = 20;

Result<std::unique_ptr<RecordSink>> make(const SinkSettings &settings)
{
    net::EndpointSettings servers = settings.servers;
    for (std::string &url : servers.urls) {
        if (url.starts_with(prefix))
            url.erase(0, prefix.size());
    }
    auto relays = net::EndpointClient::make(servers);
    if (!relays)
        return tl::unexpected(relays.error());
    return std::make_unique<RelaySink>(std::move(*relays));
}

BatchAnswer failed(BatchAnswer answer, Verdict verdict, Error error)
{
    answer.verdict = verdict;
    answer.error = std::move(error);
    return answer;
}

/// The words of a refusal, `{"error":{"code","message","advice"}}`, or the status where it is none.
Error errorIn(const net::PostAnswer &said)
{
    Error error{ErrorCode::Unavailable, said.endpoint, "answered " + std::to_string(said.status), {}};
    const auto json = parseStrictJson({said.body.constData(), static_cast<std::size_t>(said.body.size())});
    if (!json || !json->is_object() || !json->contains("error") || !(*json)["error"].is_object())
        return error;
    const auto words = [&](const char *name) {
        const Json text = (*json)["error"].value(name, Json());
        return text.is_string() ? text.get<std::string>().substr(0, 500) : std::string();
    };
    if (const std::string message = words("message"); !message.empty())
        error.message += ": " + message;
    error.advice = words("advice");
    if (words("code") == errorCodeName(ErrorCode::Full))
        error.code = ErrorCode::Full;
    return error;
}

/// Which rows were refused, from 0, and why; nothing when this is not an answer to `rows` rows.
std::optional<std::vector<std::pair<std::size_t, std::string>>> refusalsIn(const QByteArray &body,
                                                                           std::size_t rows)
{
    const auto json = parseStrictJson({body.constData(), static_cast<std::size_t>(body.size())});
    if (!json || !json->is_object() || json->value("rows", Json()) != rows)
        return std::nullopt;
    const Json refused = json->value("refused", Json());
    if (!refused.is_array() || json->value("kept", Json()) != rows - std::min(rows, refused.size()))
        return std::nullopt;
    std::vector<std::pair<std::size_t, std::string>> list;
    for (const Json &row : refused) {
        const Json line = row.is_object() ? row.value("line", Json()) : Json();
        const Json why = row.is_object() ? row.value("error", Json()) : Json();
        if (!line.is_number_unsigned() || line == 0 || line > rows || !why.is_string())
            return std::nullopt;
        list.emplace_back(line.get<std::size_t>() - 1, why.get<std::string>().substr(0, 500));
    }
    return list;
}

BatchAnswer taken(const net::PostAnswer &said, const Indices &sent, BatchAnswer answer)
{
    const auto refusals = refusalsIn(said.body, sent.size());
    if (!refusals)
        return failed(std::move(answer), Verdict::Passing,
                      {ErrorCode::Internal, said.endpoint, "its answer is not one of a relay",
                       "check that a facetrack relay serves there"});
    if (refusals->size() == sent.size() && sent.size() >= hopeless)
        return failed(std::move(answer), Verdict::Permanent,
                      {ErrorCode::Unsupported, said.endpoint,
                       "every row is refused: " + refusals->front().second,
                       "install the same version of facetrack on the relay"});
    answer.verdict = Verdict::Answered;
    for (const std::uint32_t index : sent)
        answer.records[index].outcome = Outcome::Delivered;
    for (const auto &[row, why] : *refusals)
        answer.records[sent[row]] = {Outcome::Refused, why};
    return answer;
}

} // namespace

BatchAnswer relayAnswer(const net::PostAnswer &said, const Indices &sent, BatchAnswer answer)
{
    if (said.error)
        return failed(std::move(answer), said.error->code == ErrorCode::Denied ? Verdict::Permanent
                                                                               : Verdict::Passing,
                      *said.error);
    if (said.status == 200)
        return taken(said, sent, std::move(answer));
    Error error = errorIn(said);
    switch (said.status) {
    case 413:
        if (sent.size() > 1)
            return failed(std::move(answer), Verdict::TooLarge, std::move(error));
        answer.verdict = Verdict::Answered;
        answer.records[sent.front()] = {Outcome::Refused, error.message};
        return answer;
    case 401:
    case 403:
        error.code = ErrorCode::Denied;
        if (error.advice.empty())
            error.advice = "put a token of facetrack-agentd relay token into upload.token_file";
        return failed(std::move(answer), Verdict::Permanent, std::move(error));
    case 408:
    case 429:
        return failed(std::move(answer), Verdict::Passing, std::move(error));
    default:
        break;
    }
    if (said.status >= 500) {
        answer.waitLong = error.code == ErrorCode::Full;
        return failed(std::move(answer), Verdict::Passing, std::move(error));
    }
    if (error.advice.empty())
        error.advice = "check that a facetrack relay serves there";
    return failed(std::move(answer), Verdict::Permanent, std::move(error));
}

SinkKind RelaySink::kind()
{
    return {{"relay+http", "relay+https"}, "A facetrack relay", make};
}

RelaySink::RelaySink(std::unique_ptr<net::EndpointClient> relays) : m_relays(std::move(relays)) {}

RelaySink::~RelaySink() = default;

void RelaySink::answerLater(BatchAnswer answer, Done done)
{
    QTimer::singleShot(0, &m_later, [answer = std::move(answer), done = std::move(done)] {
        done(answer);
    });
}

void RelaySink::deliver(std::span<const StoredRecord> records, Done done)
{
    const WireLimits limits;
    BatchAnswer answer;
    answer.verdict = Verdict::Answered;
    answer.records.resize(records.size());
    Indices sent;
    std::string text;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const std::size_t before = text.size();
        appendWireLine(records[i].record, text);
        if (text.size() - before <= limits.lineBytes) {
            sent.push_back(static_cast<std::uint32_t>(i));
            continue;
        }
        text.resize(before);
        answer.records[i] = {Outcome::Refused, "the record is longer than relays take"};
    }
    if (sent.empty())
        return answerLater(std::move(answer), std::move(done));
    if (text.size() > mostText || sent.size() > limits.rows)
        return answerLater(failed(std::move(answer), Verdict::TooLarge,
                                  {ErrorCode::Full, {}, "more than a relay takes at a time", {}}),
                           std::move(done));
    net::PostRequest request;
    request.path = "/api/v1/records";
    request.body = QByteArray::fromStdString(gzipped(text));
    request.contentType = "application/x-ndjson";
    request.contentEncoding = "gzip";
    m_relays->post(std::move(request),
                   [sent = std::move(sent), answer = std::move(answer),
                    done = std::move(done)](const net::PostAnswer &said) {
                       const Done call = done; // which may destroy this
                       call(relayAnswer(said, sent, answer));
                   });
}

} // namespace facetrack

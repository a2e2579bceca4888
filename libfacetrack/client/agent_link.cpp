#include "libfacetrack/client/agent_link.h"

#include "libfacetrack/base/strict_json.h"
#include "libfacetrack/client/known_agents.h"

#include <QNetworkProxy>
#include <QUrl>
#include <QUrlQuery>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

std::string text(const nlohmann::json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<Problem> problemsIn(const nlohmann::json &error)
{
    std::vector<Problem> problems;
    const auto list = error.find("problems");
    if (list == error.end() || !list->is_array())
        return problems;
    for (const nlohmann::json &item : *list) {
        if (item.is_object())
            problems.push_back({ErrorCode::InvalidArgument, {}, text(item, "key"),
                                text(item, "message"), text(item, "limits")});
    }
    return problems;
}

AgentTrouble troubleOf(int status)
{
    switch (status) {
    case 401:
    case 403:
        return AgentTrouble::Token;
    case 412:
        return AgentTrouble::Outdated;
    case 422:
        return AgentTrouble::Invalid;
    default:
        return AgentTrouble::Refused;
    }
}

ErrorCode codeOf(int status)
{
    switch (status) {
    case 401:
    case 403:
        return ErrorCode::Denied;
    case 404:
        return ErrorCode::NotFound;
    case 429:
    case 503:
        return ErrorCode::Unavailable;
    case 507:
        return ErrorCode::Full;
    default:
        return status < 500 ? ErrorCode::InvalidArgument : ErrorCode::Internal;
    }
}

} // namespace

const char *troubleName(AgentTrouble trouble)
{
    switch (trouble) {
    case AgentTrouble::Unreachable:
        return "unreachable";
    case AgentTrouble::Scheme:
        return "scheme";
    case AgentTrouble::Fingerprint:
        return "fingerprint";
    case AgentTrouble::Token:
        return "token";
    case AgentTrouble::Outdated:
        return "outdated";
    case AgentTrouble::Invalid:
        return "invalid";
    case AgentTrouble::Refused:
        return "refused";
    case AgentTrouble::Broken:
        return "broken";
    }
    return "broken";
}

std::string pathSegment(const std::string &text)
{
    return QUrl::toPercentEncoding(QString::fromStdString(text)).toStdString();
}

AgentLink::AgentLink(AgentAccess access) : m_access(std::move(access)), m_network(new QNetworkAccessManager)
{
    m_network->setAutoDeleteReplies(false);
    // Agents are on the same network; a proxy for the way out of it does not know them.
    m_network->setProxy(QNetworkProxy::NoProxy);
    m_tls.configuration = QSslConfiguration::defaultConfiguration();
    m_tls.configuration.setProtocol(QSsl::TlsV1_2OrLater);
    m_tls.pin = QByteArray::fromHex(QByteArray::fromStdString(m_access.fingerprint));
    m_tls.pinAlone = true; // agents sign for themselves
}

QNetworkRequest AgentLink::request(const std::string &path,
                                   const std::map<std::string, std::string> &query) const
{
    QUrl url(QString::fromStdString(m_access.url + path), QUrl::StrictMode);
    QUrlQuery items;
    for (const auto &[key, value] : query)
        items.addQueryItem(QString::fromStdString(key),
                           QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(value))));
    if (!items.isEmpty())
        url.setQuery(items);
    QNetworkRequest request(url);
    request.setSslConfiguration(m_tls.configuration);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // A redirect must not carry the token to somebody else.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setRawHeader("Accept-Encoding", "identity");
    // Over TLS the token is for one certificate only; as long as that is not known, nobody gets it.
    const bool sure = !m_tls.pin.isEmpty() || url.scheme() == QLatin1String("http");
    if (sure && !m_access.token.empty())
        request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(m_access.token));
    return request;
}

AgentFailure AgentLink::unanswered(const net::ExchangeResult &result) const
{
    AgentFailure failure;
    static_cast<Error &>(failure) = *result.trouble;
    failure.where = m_access.url;
    failure.trouble = AgentTrouble::Unreachable;
    if (result.distrusted) {
        failure.trouble = AgentTrouble::Fingerprint;
        failure.fingerprint = fingerprintText(result.certificate.toHex().toStdString());
        static_cast<Error &>(failure)
            = changedFingerprint(m_access.url, m_access.fingerprint, failure.fingerprint);
    } else if (result.otherScheme) {
        failure.trouble = AgentTrouble::Scheme;
        failure.message = "does not answer in " + m_access.url.substr(0, m_access.url.find(':'));
        failure.advice = "it may be at " + withOtherScheme(m_access.url);
    } else {
        failure.code = ErrorCode::Unavailable;
        failure.advice = "is the agent running, does it listen on the network (http.listen), "
                         "and is this its address?";
    }
    return failure;
}

AgentFailure AgentLink::failure(const net::ExchangeResult &result) const
{
    if (result.trouble)
        return unanswered(result);
    AgentFailure failure;
    failure.code = codeOf(result.status);
    failure.where = m_access.url;
    failure.trouble = troubleOf(result.status);
    failure.status = result.status;
    failure.message = "answered " + std::to_string(result.status);
    const std::string_view body(result.body.constData(), static_cast<std::size_t>(result.body.size()));
    const auto json = parseStrictJson(body);
    if (json && json->is_object() && json->contains("error") && (*json)["error"].is_object()) {
        const nlohmann::json &error = (*json)["error"];
        failure.message = text(error, "message");
        failure.advice = text(error, "advice");
        failure.problems = problemsIn(error);
        if (text(error, "code") == "tls_required") {
            failure.trouble = AgentTrouble::Scheme;
            failure.advice = "it is at " + withOtherScheme(m_access.url);
        }
    } else if (result.status != 401 && result.status != 403) {
        failure.trouble = AgentTrouble::Broken; // agents give reasons
        failure.advice = "is this the address of an agent?";
    }
    if (result.status == 401 && m_access.token.empty())
        failure.advice = "pair with it: its token is printed by `facetrack-agentd token` there";
    else if (result.status == 401)
        failure.advice = "the token is not (or no longer) its own: `facetrack-agentd token` there "
                         "prints the one that is";
    return failure;
}

} // namespace facetrack

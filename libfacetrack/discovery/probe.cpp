#include "libfacetrack/discovery/probe.h"

#include <QCryptographicHash>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

constexpr int Limit = 3'000; // ms, see candidate.cpp
constexpr qint64 LongestAnswer = 64 * 1024;

std::string fingerprintOf(const QNetworkReply &reply)
{
    const QSslCertificate certificate = reply.sslConfiguration().peerCertificate();
    if (certificate.isNull())
        return {};
    return certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper().toStdString();
}

std::string text(const nlohmann::json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

ProbeAnswer read(QNetworkReply &reply)
{
    ProbeAnswer answer;
    answer.fingerprint = fingerprintOf(reply);
    if (reply.error() != QNetworkReply::NoError) {
        answer.surely = reply.error() == QNetworkReply::ConnectionRefusedError;
        answer.trouble = reply.errorString().toStdString();
        return answer;
    }
    const auto json = nlohmann::json::parse(reply.read(LongestAnswer).toStdString(), nullptr, false);
    if (json.is_object()) {
        answer.id = text(json, "id");
        answer.name = text(json, "name");
        answer.role = text(json, "role");
        answer.version = text(json, "version");
    }
    answer.answered = !answer.id.empty();
    answer.surely = true;
    if (!answer.answered)
        answer.trouble = "what answers there is no agent";
    return answer;
}

} // namespace

Probe::Probe()
{
    // An agent is on the local network: a proxy could not reach it, and need not know of it.
    m_network.setProxy(QNetworkProxy::NoProxy);
    QObject::connect(&m_network, &QNetworkAccessManager::sslErrors, &m_network,
                     [](QNetworkReply *reply, const QList<QSslError> &) { reply->ignoreSslErrors(); });
}

void Probe::ask(const std::string &url, std::function<void(ProbeAnswer)> done)
{
    QNetworkRequest request(QUrl(QString::fromStdString(url) + QStringLiteral("/api/v1/agent")));
    request.setTransferTimeout(Limit);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    // A connection that was kept would hide that the agent has another certificate now.
    request.setRawHeader("Connection", "close");
    QNetworkReply *const reply = m_network.get(request);
    QObject::connect(reply, &QNetworkReply::finished, reply, [reply, done = std::move(done)] {
        reply->deleteLater();
        done(read(*reply));
    });
}

} // namespace facetrack

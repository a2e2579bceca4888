#include "console/connections/relay_check.h"

#include "libfacetrack/client/agent_access.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QUrl>

namespace facetrack::console {

namespace {

constexpr int Patience = 8'000; // ms

QUrl urlOf(QString address)
{
    if (address.startsWith(QLatin1String("relay+")))
        address.remove(0, 6);
    QUrl url(address, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!web || url.host().isEmpty() || !url.userInfo().isEmpty())
        return {};
    url.setPath(QStringLiteral("/api/v1/status"));
    return url;
}

} // namespace

RelayCheck::RelayCheck(QString address, Tell tell, std::function<void()> finished)
    : m_address(std::move(address)), m_tell(std::move(tell)), m_finished(std::move(finished))
{}

void RelayCheck::start()
{
    const QUrl url = urlOf(m_address);
    if (!url.isValid() || url.isEmpty()) {
        tell(tr("Settings"), FindingState::Bad, tr("this is no address"),
             tr("give https://HOST:PORT of the relay"));
        return m_finished();
    }
    QNetworkRequest request(url);
    request.setTransferTimeout(Patience);
    QNetworkReply *const reply = m_network.get(request);
    reply->setParent(this);
    connect(reply, &QNetworkReply::sslErrors, reply, [reply] { reply->ignoreSslErrors(); });
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        answered(*reply);
        reply->deleteLater();
        m_finished();
    });
}

void RelayCheck::answered(QNetworkReply &reply)
{
    const QString reachable = tr("Reachable");
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return tell(reachable, FindingState::Bad, reply.errorString(),
                    tr("check host and port, http or https, whether facetrack-agentd relay runs there, and the network between"));
    const QJsonObject json = QJsonDocument::fromJson(reply.readAll()).object();
    if (!json.contains(u"relay"))
        return tell(reachable, FindingState::Bad, tr("something answers, but it is no relay"),
                    tr("check host and port"));
    tell(reachable, FindingState::Good,
         tr("%1, version %2").arg(json[u"relay"][u"name"].toString(), json[u"relay"][u"version"].toString()));
    const QString encryption = tr("Encryption");
    const QSslCertificate shown = reply.sslConfiguration().peerCertificate();
    if (!shown.isNull())
        tell(encryption, FindingState::Good,
             tr("TLS; its certificate is %1")
                 .arg(QString::fromStdString(fingerprintText(shown.digest(QCryptographicHash::Sha256).toHex().toStdString()))));
    else if (const QString host = reply.url().host(); host == QLatin1String("localhost") || host.startsWith(QLatin1String("127.")))
        tell(encryption, FindingState::Good, tr("none, but it does not leave this machine"));
    else
        tell(encryption, FindingState::Attention, tr("none: others on the network can read the agents' tokens"),
             tr("start the relay with relay.tls"));
    const bool healthy = json[u"healthy"].toBool();
    tell(tr("Delivery"), healthy ? FindingState::Good : FindingState::Bad,
         healthy ? tr("takes rows and hands them on") : json[u"warning"].toString(),
         healthy ? QString() : tr("look at the relay's own settings: docs/relay.md"));
}

void RelayCheck::tell(const QString &item, FindingState state, const QString &words, const QString &advice)
{
    m_tell({tr("Relay %1").arg(m_address), item, state, words, advice});
}

} // namespace facetrack::console

#include "agentd/commands.h"

#include <QEventLoop>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrl>
#include <cstdio>

namespace facetrack {

namespace {

/// Longer than a healthy agent ever takes, shorter than those who ask wait for this program.
constexpr int patienceMilliseconds = 5000;

bool isLoopback(const QUrl &url)
{
    return url.host() == QStringLiteral("localhost") || QHostAddress(url.host()).isLoopback();
}

} // namespace

int healthCommand(const std::string &address)
{
    const QUrl url(QString::fromStdString(address));
    // Nobody vouches for an agent's own certificate; on loopback nobody else can answer either.
    if (!url.isValid() || !url.scheme().startsWith(QStringLiteral("http")) || !isLoopback(url))
        return refuse({ErrorCode::InvalidArgument, address, "is no address of this machine",
                       "such as https://127.0.0.1:7420/healthz; its certificate is not checked"});
    QNetworkAccessManager network;
    QNetworkRequest request(url);
    request.setTransferTimeout(patienceMilliseconds);
    QNetworkReply *reply = network.get(request);
    reply->ignoreSslErrors();
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray words = status > 0 ? reply->readAll().trimmed().left(500)
                                        : reply->errorString().toUtf8();
    std::printf("%s\n", words.constData());
    return status == 200 ? 0 : ExitUnwell;
}

} // namespace facetrack

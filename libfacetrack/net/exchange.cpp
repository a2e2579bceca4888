#include "libfacetrack/net/exchange.h"

#include "libfacetrack/net/low_delay.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslError>
#include <QUrl>
#include <utility>

namespace facetrack::net {

namespace {
constexpr const char *otherScheme = "is it http:// or https:// there?";
}

Exchange::Exchange(const Tls &tls, const ExchangeLimits &limits, std::string where)
    : m_tls(tls), m_limits(limits), m_where(std::move(where))
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        giveUp(m_sent ? "did not answer in time" : "cannot be reached in time");
    });
    connect(&m_ask, &QTimer::timeout, this, [this] { if (m_silent) m_silent(); });
}

Exchange::~Exchange()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    delete m_reply;
}

void Exchange::post(QNetworkAccessManager &network, const QNetworkRequest &request,
                    const QByteArray &body, Finished finished, std::function<void()> silent)
{
    m_silent = std::move(silent);
    follow(network.post(request, body), std::move(finished));
}

void Exchange::get(QNetworkAccessManager &network, const QNetworkRequest &request,
                   Finished finished)
{
    follow(network.get(request), std::move(finished));
}

void Exchange::send(QNetworkAccessManager &network, const QByteArray &method,
                    const QNetworkRequest &request, const QByteArray &body, Finished finished)
{
    follow(network.sendCustomRequest(request, method, body), std::move(finished));
}

void Exchange::listen(QNetworkAccessManager &network, const QNetworkRequest &request,
                      std::function<void(const QByteArray &)> received, Finished finished)
{
    follow(network.get(request), std::move(finished));
    // Who cannot follow holds up the server, which skips pictures, rather than filling the memory.
    m_reply->setReadBufferSize(1 << 19);
    connect(m_reply, &QNetworkReply::readyRead, this, [this, received = std::move(received)] {
        if (m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 200)
            received(m_reply->readAll());
    });
}

void Exchange::follow(QNetworkReply *reply, Finished finished)
{
    m_reply = reply;
    m_finished = std::move(finished);
    connect(reply, &QNetworkReply::finished, this, [this] { finish(); });
    connect(reply, &QNetworkReply::uploadProgress, this,
            [this](qint64 bytes, qint64) { if (bytes > 0) sent(); });
    connect(reply, &QNetworkReply::downloadProgress, this,
            [this](qint64 bytes, qint64) { if (bytes > 0) sent(); });
    // Qt hands these two over while the connection waits for us, before a byte of ours is sent.
    connect(reply, &QNetworkReply::encrypted, this, [this] { checkPin(); });
    connect(reply, &QNetworkReply::sslErrors, this,
            [this](const QList<QSslError> &errors) { acceptPinned(errors); });
    m_patience.start(m_limits.connect);
}

void Exchange::quieten()
{
    m_patience.stop();
    m_ask.stop();
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    std::exchange(m_reply, nullptr)->deleteLater();
}

void Exchange::sent()
{
    if (!m_sent) {
        const QUrl url = m_reply->url();
        sendWithoutDelay(static_cast<std::uint16_t>(
            url.port(url.scheme() == QLatin1String("https") ? 443 : 80)));
    }
    m_sent = true;
    m_patience.start(m_limits.answer);
    if (m_silent)
        m_ask.start(m_limits.ask);
}

void Exchange::giveUp(const std::string &words)
{
    if (!m_reply || !m_gaveUp.empty())
        return;
    m_gaveUp = words;
    m_reply->abort(); // leads to finish()
}

QByteArray Exchange::fingerprint() const
{
    const QSslCertificate shown = m_reply->sslConfiguration().peerCertificate();
    return shown.isNull() ? QByteArray() : shown.digest(QCryptographicHash::Sha256);
}

void Exchange::checkPin()
{
    const QByteArray found = fingerprint();
    if (m_tls.pin.isEmpty() || found == m_tls.pin)
        return;
    m_distrusted = true;
    giveUp("its certificate is not the pinned one, its SHA-256 is " + found.toHex().toStdString());
}

void Exchange::acceptPinned(const QList<QSslError> &errors)
{
    checkPin(); // who signed a certificate does not matter when it is another one
    if (m_distrusted)
        return;
    if (m_tls.pinAlone)
        m_reply->ignoreSslErrors();
    else if (!errors.isEmpty()) {
        m_distrusted = true;
        giveUp("its certificate is not trusted: " + errors.first().errorString().toStdString());
    }
}

Error Exchange::trouble() const
{
    const auto error = m_reply->error();
    const std::string words = m_gaveUp.empty() ? m_reply->errorString().toStdString() : m_gaveUp;
    if (m_distrusted || error == QNetworkReply::SslHandshakeFailedError)
        return {ErrorCode::Denied, m_where, words,
                m_distrusted ? "check the CA file, the pinned certificate and the server's name"
                             : otherScheme};
    const bool closed = m_gaveUp.empty() && error == QNetworkReply::RemoteHostClosedError
                        && !m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
    return {ErrorCode::Unavailable, m_where, words,
            closed ? otherScheme : ""};
}

void Exchange::finish()
{
    m_patience.stop();
    m_ask.stop();
    ExchangeResult result;
    result.certificate = fingerprint();
    result.distrusted = m_distrusted;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // Errors from 201 on are HTTP statuses; below are those of the connection, 99 is unknown.
    const auto error = m_reply->error();
    const bool whole = error == QNetworkReply::NoError || error >= QNetworkReply::ContentAccessDenied;
    if (m_gaveUp.empty() && whole && status > 0) {
        result.status = status;
        result.body = m_reply->readAll();
        result.contentType = m_reply->rawHeader("Content-Type");
        result.etag = m_reply->rawHeader("ETag");
    } else {
        result.trouble = trouble();
        result.otherScheme = result.trouble->advice == std::string(otherScheme);
    }
    std::exchange(m_reply, nullptr)->deleteLater();
    std::exchange(m_finished, nullptr)(std::move(result)); // may destroy this
}

} // namespace facetrack::net

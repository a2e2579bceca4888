#pragma once
#include "libfacetrack/net/endpoint_client.h"
#include "libfacetrack/net/tls.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace facetrack::net {

/// What came of one request to one server.
struct ExchangeResult
{
    int status = 0; ///< 0: no whole answer came
    QByteArray body;
    QByteArray contentType;
    QByteArray etag;
    std::optional<Error> trouble; ///< set when status is 0
    QByteArray certificate;       ///< SHA-256 of the server's; empty without TLS
    bool distrusted = false;      ///< it was refused for its certificate
    bool otherScheme = false;     ///< it seems to speak http where https was asked for, or the reverse
};

struct ExchangeLimits
{
    std::chrono::milliseconds connect; ///< until the server takes the first byte
    std::chrono::milliseconds answer;  ///< without a byte either way from then on
    std::chrono::milliseconds ask;     ///< silence after which `silent` is called, again and again
};

/// One request to one server. Calls back exactly once, unless destroyed before.
class Exchange : public QObject
{
public:
    using Finished = std::function<void(ExchangeResult)>;

    Exchange(const Tls &tls, const ExchangeLimits &limits, std::string where);

    void post(QNetworkAccessManager &network, const QNetworkRequest &request,
              const QByteArray &body, Finished finished, std::function<void()> silent);
    void get(QNetworkAccessManager &network, const QNetworkRequest &request, Finished finished);
    /// Any method.
    void send(QNetworkAccessManager &network, const QByteArray &method,
              const QNetworkRequest &request, const QByteArray &body, Finished finished);
    /// An answer without end: `received` gets each piece of it as it comes, as long as the status
    /// is 200; of any other, the body is in the result. May not destroy this.
    void listen(QNetworkAccessManager &network, const QNetworkRequest &request,
                std::function<void(const QByteArray &)> received, Finished finished);
    /// Calls back no more; for who cannot destroy it now because it is calling.
    void quieten();
    /// Gives up, with these words.
    void giveUp(const std::string &words);
    ~Exchange() override;

private:
    void follow(QNetworkReply *reply, Finished finished);
    void checkPin();
    void acceptPinned(const QList<QSslError> &errors);
    QByteArray fingerprint() const; ///< SHA-256 of the server's certificate; empty without one
    void sent();
    void finish();
    Error trouble() const;

    const Tls &m_tls;
    const ExchangeLimits m_limits;
    const std::string m_where;
    QNetworkReply *m_reply = nullptr;
    Finished m_finished;
    std::function<void()> m_silent;
    QTimer m_patience, m_ask;
    bool m_sent = false;
    std::string m_gaveUp; ///< why we ended it ourselves
    bool m_distrusted = false;
};

} // namespace facetrack::net

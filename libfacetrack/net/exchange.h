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
    std::optional<Error> trouble; ///< set when status is 0
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
    /// Gives up, with these words.
    void giveUp(const std::string &words);
    ~Exchange() override;

private:
    void follow(QNetworkReply *reply, Finished finished);
    void checkPin();
    void acceptPinned(const QList<QSslError> &errors);
    QByteArray fingerprint() const; ///< SHA-256 of the server's certificate
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

#pragma once
#include "console/core/finding.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <functional>

class QNetworkReply;

namespace facetrack::console {

/// Asks a relay how it is (GET /api/v1/status, which needs no token). Any certificate is taken for
/// that, since nothing secret is sent, and its fingerprint told. Thread-bound: for the network's thread.
class RelayCheck : public QObject
{
    Q_OBJECT

public:
    using Tell = std::function<void(const Finding &)>;

    /// `address` as in upload.urls, with or without "relay+". `finished` once, unless destroyed before.
    RelayCheck(QString address, Tell tell, std::function<void()> finished);

    void start();

private:
    void answered(QNetworkReply &reply);
    void tell(const QString &item, FindingState state, const QString &words, const QString &advice = {});

    const QString m_address;
    const Tell m_tell;
    const std::function<void()> m_finished;
    QNetworkAccessManager m_network;
};

} // namespace facetrack::console

#pragma once
#include "tests/support/certificate.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QSslServer>
#include <QTemporaryDir>
#include <string>

/// Stands in for an agent behind TLS: says who it is to all, and takes changes with its token only.
/// What a client must do about certificates and tokens, without a camera.
class TlsAgent : public QObject
{
public:
    explicit TlsAgent(const QByteArray &token);

    std::string url() const;
    quint16 port() const { return m_server->serverPort(); }
    std::string fingerprint() const;
    /// Another certificate from now on, at the same address: as an impostor has.
    void changeCertificate();
    /// The Authorization header of each request that came.
    const QList<QByteArray> &authorizations() const { return m_authorizations; }
    /// Each request as far as it came in one piece with its header.
    const QList<QByteArray> &texts() const { return m_texts; }
    int requests() const { return static_cast<int>(m_authorizations.size()); }

private:
    void listen(quint16 port);
    void answer(QSslSocket *socket, const QByteArray &request);

    const QByteArray m_token;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestCertificate> m_certificate;
    std::unique_ptr<QSslServer> m_server;
    QList<QByteArray> m_authorizations, m_texts;
};

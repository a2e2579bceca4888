#include "tests/support/tls_agent.h"

#include "libfacetrack/client/agent_access.h"

#include <QFile>
#include <QHostAddress>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

TlsAgent::TlsAgent(const QByteArray &token) : m_token(token)
{
    listen(0);
}

void TlsAgent::listen(quint16 port)
{
    m_server.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_certificate = std::make_unique<TestCertificate>(m_folder->path());
    QFile key(m_certificate->key);
    if (!key.open(QIODevice::ReadOnly))
        qFatal("the key cannot be read");
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(m_certificate->certificate));
    configuration.setPrivateKey(QSslKey(key.readAll(), QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_server = std::make_unique<QSslServer>();
    m_server->setSslConfiguration(configuration);
    connect(m_server.get(), &QSslServer::pendingConnectionAvailable, this, [this] {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                const QByteArray seen = socket->property("seen").toByteArray() + socket->readAll();
                socket->setProperty("seen", seen);
                if (seen.contains("\r\n\r\n"))
                    answer(static_cast<QSslSocket *>(socket), seen);
            });
        }
    });
    if (!m_server->listen(QHostAddress::LocalHost, port))
        qFatal("cannot listen");
}

std::string TlsAgent::url() const
{
    return "https://127.0.0.1:" + std::to_string(port());
}

std::string TlsAgent::fingerprint() const
{
    return facetrack::fingerprintText(m_certificate->sha256.toStdString());
}

void TlsAgent::changeCertificate()
{
    const quint16 before = port();
    listen(before);
}

void TlsAgent::answer(QSslSocket *socket, const QByteArray &request)
{
    if (socket->property("answered").toBool())
        return; // the rest of a body
    socket->setProperty("answered", true);
    QByteArray authorization;
    for (const QByteArray &line : request.left(request.indexOf("\r\n\r\n")).split('\n')) {
        if (line.toLower().startsWith("authorization:"))
            authorization = line.mid(14).trimmed();
    }
    m_authorizations << authorization;
    m_texts << request;
    QByteArray status = "200 OK";
    QByteArray body = R"({"id":"cam-tls","name":"left lane","run":"0","version":"1"})";
    if (!request.startsWith("GET /api/v1/agent ") && authorization != "Bearer " + m_token) {
        status = "401 Unauthorized";
        body = R"({"error":{"code":"unauthorized","message":"a token is needed","advice":"x"}})";
    } else if (!request.startsWith("GET /api/v1/agent ")) {
        body = R"({"revision":1,"in_effect":1,"persisted":1,"keep_error":"","values":{"detect":{"min_neighbors":3}}})";
    }
    socket->write("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nETag: \"1.x\"\r\n"
                  "Connection: close\r\nContent-Length: " + QByteArray::number(body.size())
                  + "\r\n\r\n" + body);
    socket->disconnectFromHost();
}

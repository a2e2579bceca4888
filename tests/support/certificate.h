#pragma once
#include <QByteArray>
#include <QString>

/// A self-signed certificate for 127.0.0.1 and its key, written as cert.pem and key.pem.
struct TestCertificate
{
    explicit TestCertificate(const QString &folder);
    QString certificate, key; ///< files
    QByteArray sha256;        ///< of the certificate, 64 hex digits
};

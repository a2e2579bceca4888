#include "libfacetrack/net/tls.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslSocket>

namespace facetrack::net {

namespace {

Result<QByteArray> parsePin(std::string text)
{
    std::erase(text, ':'); // as openssl x509 -fingerprint writes it
    const bool fits = text.size() == 64
                      && text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    if (!fits)
        return fail(ErrorCode::InvalidArgument, "pin", "is not the SHA-256 of a certificate",
                    "give 64 hex digits: openssl x509 -in cert.pem -noout -fingerprint -sha256");
    return QByteArray::fromHex(QByteArray::fromStdString(text));
}

Result<QList<QSslCertificate>> readCertificates(const std::string &name)
{
    QFile file(QString::fromStdString(name));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, name,
                    "the CA file cannot be read: " + file.errorString().toStdString());
    const auto found = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (found.isEmpty())
        return fail(ErrorCode::InvalidArgument, name, "holds no certificate in PEM form");
    return found;
}

} // namespace

Result<Tls> makeTls(const EndpointSettings &settings)
{
    if (!QSslSocket::supportsSsl())
        return fail(ErrorCode::Unsupported, "TLS", "Qt found no TLS library",
                    "install libssl3 and Qt's own TLS plugin");
    Tls tls;
    tls.configuration = QSslConfiguration::defaultConfiguration();
    tls.configuration.setProtocol(QSsl::TlsV1_2OrLater);
    if (!settings.caFile.empty()) {
        const auto certificates = readCertificates(settings.caFile);
        if (!certificates)
            return tl::unexpected(certificates.error());
        tls.configuration.setCaCertificates(*certificates);
    }
    if (!settings.pin.empty()) {
        const auto pin = parsePin(settings.pin);
        if (!pin)
            return tl::unexpected(pin.error());
        tls.pin = *pin;
        tls.pinAlone = settings.caFile.empty();
    }
    return tls;
}

} // namespace facetrack::net

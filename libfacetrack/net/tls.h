#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/net/endpoint_settings.h"

#include <QByteArray>
#include <QSslConfiguration>

namespace facetrack::net {

/// Whom to trust.
struct Tls
{
    QSslConfiguration configuration;
    QByteArray pin;        ///< SHA-256 of the one certificate that is accepted; empty: any trusted
    bool pinAlone = false; ///< the pin is enough, whoever signed the certificate
};

/// NotFound or InvalidArgument for a CA file or pin that cannot be used.
Result<Tls> makeTls(const EndpointSettings &settings);

} // namespace facetrack::net

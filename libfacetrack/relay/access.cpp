#include "libfacetrack/relay/access.h"

#include "libfacetrack/config/text_forms.h"

#include <QHostAddress>
#include <algorithm>
#include <array>

namespace facetrack {

Access::Access(std::filesystem::path secretsFile, const Clock &clock)
    : m_secrets(std::move(secretsFile)), m_clock(clock)
{
}

Result<Caller> Access::caller(const http::Request &request)
{
    const auto header = request.headers.find("authorization");
    const auto token = header == request.headers.end() ? std::nullopt
                                                       : http::bearerToken(header->second);
    if (!token)
        return fail(ErrorCode::InvalidArgument, "token", "there is no bearer token",
                    "send one that facetrack-agentd relay token has made");
    const auto secrets = m_secrets.current();
    if (!secrets)
        return fail(ErrorCode::Unavailable, "token", "this relay cannot read its secrets",
                    "see the relay's log");
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(m_clock.utc());
    auto claims = http::verifyToken(*token, *secrets, now);
    if (!claims)
        return tl::unexpected(claims.error());
    if (claims->issuer.empty() || !isAgentId(claims->issuer))
        return fail(ErrorCode::Unsupported, "token", "its iss is no agent's id", "ask for a new token");
    if (claims->role != agentRole && claims->role != relayRole)
        return fail(ErrorCode::Unsupported, "token",
                    "it is \"" + claims->issuer + "\"'s, and its role does not bring records",
                    "ask for a token with the role agent");
    return Caller{std::move(claims->issuer), claims->role == relayRole};
}

bool isPrivateAddress(std::string_view address)
{
    static const std::array networks{
        QHostAddress::parseSubnet(QStringLiteral("127.0.0.0/8")),
        QHostAddress::parseSubnet(QStringLiteral("10.0.0.0/8")),
        QHostAddress::parseSubnet(QStringLiteral("172.16.0.0/12")),
        QHostAddress::parseSubnet(QStringLiteral("192.168.0.0/16")),
        QHostAddress::parseSubnet(QStringLiteral("169.254.0.0/16")),
        QHostAddress::parseSubnet(QStringLiteral("::1/128")),
        QHostAddress::parseSubnet(QStringLiteral("fc00::/7")),
        QHostAddress::parseSubnet(QStringLiteral("fe80::/10")),
    };
    const QHostAddress host(
        QString::fromUtf8(address.data(), static_cast<qsizetype>(address.size())));
    return !host.isNull() && std::any_of(networks.begin(), networks.end(), [&](const auto &network) {
        return host.isInSubnet(network);
    });
}

} // namespace facetrack

// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/token.h"

#include "libfacetrack/base/json_text.h"
#include "libfacetrack/base/strict_json.h"
#include "libfacetrack/http/base64url.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <vector>

namespace facetrack::http {

// libjwt, the packaged library on OpenSSL, lets a key come twice and picks by itself which one
// counts; cpp-jwt throws its way through. What is needed of RFC 7515 is this file.

namespace {

using Json = nlohmann::json;

tl::unexpected<Error> denied(std::string message, std::string advice = "ask for a new token")
{
    return fail(ErrorCode::Denied, "token", std::move(message), std::move(advice));
}

std::string signatureOf(std::string_view text, const std::string &key)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char *>(text.data()), text.size(), digest.data(), &size);
    return {reinterpret_cast<const char *>(digest.data()), size};
}

std::string part(const Json &json)
{
    return toBase64Url(jsonText(json));
}

/// The JSON object in one part of a token.
Result<Json> objectIn(std::string_view encoded)
{
    const auto text = fromBase64Url(encoded);
    if (!text)
        return denied("it is not encoded as a token is");
    auto json = parseStrictJson(*text, 4);
    if (!json)
        return denied("it holds no proper JSON: " + json.error().message);
    if (!json->is_object())
        return denied("it holds no JSON object");
    return json;
}

Result<const TokenSecret *> secretFor(const Json &header, std::span<const TokenSecret> secrets)
{
    if (header.value("alg", Json()) != "HS256")
        return denied("its algorithm is not HS256, the only one taken here");
    if (header.contains("crit") || header.contains("b64"))
        return denied("it asks for an extension that is not known here");
    if (!header.contains("kid")) {
        if (secrets.size() != 1)
            return denied("it does not say which secret signed it (kid)");
        return &secrets.front();
    }
    const auto named = std::find_if(secrets.begin(), secrets.end(), [&](const TokenSecret &secret) {
        return header["kid"] == secret.id;
    });
    if (named == secrets.end())
        return denied("the secret that signed it (kid) is not known here, or no longer");
    return &*named;
}

/// A NumericDate of RFC 7519, rounded down.
Result<std::optional<std::int64_t>> timeIn(const Json &claims, const char *name)
{
    const auto found = claims.find(name);
    if (found == claims.end())
        return std::nullopt;
    constexpr double most = 253'402'300'800; // the year 10000
    const double value = found->is_number() ? found->get<double>() : -1;
    if (!(value >= 0 && value < most))
        return denied(std::string("its ") + name + " is not a time");
    return static_cast<std::int64_t>(std::floor(value));
}

Result<std::string> textIn(const Json &claims, const char *name)
{
    const auto found = claims.find(name);
    if (found == claims.end() || !found->is_string())
        return denied(std::string("it has no ") + name);
    return found->get<std::string>();
}

Result<TokenClaims> claimsIn(const Json &json)
{
    auto issuer = textIn(json, "iss");
    auto role = textIn(json, "role");
    if (!issuer || !role)
        return tl::unexpected(issuer ? role.error() : issuer.error());
    const auto expires = timeIn(json, "exp");
    const auto notBefore = timeIn(json, "nbf");
    const auto issuedAt = timeIn(json, "iat");
    for (const auto *time : {&expires, &notBefore, &issuedAt}) {
        if (!*time)
            return tl::unexpected(time->error());
    }
    if (!*expires)
        return denied("it has no end (exp)");
    return TokenClaims{std::move(*issuer), std::move(*role), **expires, *notBefore, *issuedAt};
}

Result<void> inForce(const TokenClaims &claims, std::chrono::seconds now)
{
    const std::int64_t leeway = tokenLeeway.count();
    if (claims.expires <= now.count() - leeway)
        return denied("it has expired");
    if (claims.notBefore.value_or(0) > now.count() + leeway)
        return denied("it is not in force yet (nbf)", "compare the clocks of both machines");
    if (claims.issuedAt.value_or(0) > now.count() + leeway)
        return denied("it comes from the future (iat)", "compare the clocks of both machines");
    return {};
}

Result<Json> bodyUnchecked(std::string_view token)
{
    const auto first = token.find('.');
    const auto last = token.rfind('.');
    if (token.size() > longestToken || first == token.npos || first == last)
        return denied("it is no token");
    return objectIn(token.substr(first + 1, last - first - 1));
}

} // namespace

std::string signToken(const TokenClaims &claims, const TokenSecret &secret)
{
    Json body{{"iss", claims.issuer}, {"role", claims.role}, {"exp", claims.expires}};
    if (claims.notBefore)
        body["nbf"] = *claims.notBefore;
    if (claims.issuedAt)
        body["iat"] = *claims.issuedAt;
    const std::string text
        = part({{"alg", "HS256"}, {"typ", "JWT"}, {"kid", secret.id}}) + "." + part(body);
    return text + "." + toBase64Url(signatureOf(text, secret.key));
}

Result<TokenClaims> verifyToken(std::string_view token, std::span<const TokenSecret> secrets,
                                std::chrono::seconds now)
{
    const auto first = token.find('.');
    const auto last = token.rfind('.');
    if (token.size() > longestToken || first == token.npos || first == last
        || token.find('.', first + 1) != last)
        return denied("it is no token");
    const auto header = objectIn(token.substr(0, first));
    if (!header)
        return tl::unexpected(header.error());
    const auto secret = secretFor(*header, secrets);
    if (!secret)
        return tl::unexpected(secret.error());
    const auto signature = fromBase64Url(token.substr(last + 1));
    const std::string right = signatureOf(token.substr(0, last), (*secret)->key);
    if (!signature || signature->size() != right.size()
        || CRYPTO_memcmp(signature->data(), right.data(), right.size()) != 0)
        return denied("its signature is wrong");
    const auto json = objectIn(token.substr(first + 1, last - first - 1));
    if (!json)
        return tl::unexpected(json.error());
    auto claims = claimsIn(*json);
    if (!claims)
        return claims;
    if (const auto current = inForce(*claims, now); !current)
        return tl::unexpected(current.error());
    return claims;
}

Result<TokenClaims> claimsUnchecked(std::string_view token)
{
    const auto json = bodyUnchecked(token);
    return json ? claimsIn(*json) : tl::unexpected(json.error());
}

std::string claimedIssuer(std::string_view token)
{
    const auto json = bodyUnchecked(token);
    return json ? textIn(*json, "iss").value_or("") : std::string();
}

std::optional<std::string_view> bearerToken(std::string_view header)
{
    constexpr std::string_view scheme = "bearer ";
    const bool fits = header.size() > scheme.size()
        && std::equal(scheme.begin(), scheme.end(), header.begin(), [](char wanted, char given) {
               return wanted == (given >= 'A' && given <= 'Z' ? given - 'A' + 'a' : given);
           });
    if (!fits)
        return std::nullopt;
    header.remove_prefix(scheme.size());
    while (!header.empty() && header.front() == ' ')
        header.remove_prefix(1);
    return header;
}

} // namespace facetrack::http

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace facetrack::http {

/// What tokens are signed with. Several may be good at a time, so that one can be replaced.
struct TokenSecret
{
    std::string id;  ///< the token's `kid`
    std::string key; ///< at least 32 bytes
};

/// What a token says. Times are seconds since 1970-01-01T00:00:00Z.
struct TokenClaims
{
    std::string issuer; ///< `iss`: who speaks
    std::string role;   ///< `role`: as what
    std::int64_t expires = 0;               ///< `exp`
    std::optional<std::int64_t> notBefore{}; ///< `nbf`
    std::optional<std::int64_t> issuedAt{};  ///< `iat`
};

/// How far the clocks of two machines may be apart.
inline constexpr std::chrono::seconds tokenLeeway{60};
/// Longer ones are not even looked at.
inline constexpr std::size_t longestToken = 4096;

/// A JSON Web Token (RFC 7519) in compact form, signed with HS256.
FACETRACK_EXPORT std::string signToken(const TokenClaims &claims, const TokenSecret &secret);

/// The claims of a token that is signed with HS256 by one of `secrets` and in force at `now`.
/// Denied, in words that do not help to guess, for everything else: another algorithm (`none`
/// too), an unknown or missing `kid` among several secrets, `crit`, a key that comes twice, a
/// missing or passed `exp`, a coming `nbf` or `iat`, no `iss` or `role`. The signature is compared
/// in constant time, and no claim is read before it is good.
FACETRACK_EXPORT Result<TokenClaims> verifyToken(std::string_view token,
                                                 std::span<const TokenSecret> secrets,
                                                 std::chrono::seconds now);

/// What a token says, without looking whether that is true or still is: for words to the person who has it in hand,
/// before it is used. Denied where it does not say all that a token must.
FACETRACK_EXPORT Result<TokenClaims> claimsUnchecked(std::string_view token);

/// Who a token says it is from, without looking whether that is true: for logs about refusals only.
/// Empty where it is no token or does not say.
FACETRACK_EXPORT std::string claimedIssuer(std::string_view token);

/// The token of an `Authorization: Bearer …` header; empty optional for another scheme or form.
FACETRACK_EXPORT std::optional<std::string_view> bearerToken(std::string_view header);

} // namespace facetrack::http

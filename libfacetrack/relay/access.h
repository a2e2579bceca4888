#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/http/message.h"
#include "libfacetrack/http/token_secrets.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace facetrack {

/// What a token may be for.
inline constexpr std::string_view agentRole = "agent"; ///< brings its own records
inline constexpr std::string_view relayRole = "relay"; ///< brings the records of anyone

/// Whose records a request may bring.
struct Caller
{
    std::string agent;     ///< who it is
    bool anyAgent = false; ///< another relay, or somebody who is trusted because of the network

    bool speaksFor(std::string_view other) const { return anyAgent || other == agent; }
};

/// Who is let in. Thread-safe.
class Access
{
public:
    Access(std::filesystem::path secretsFile, const Clock &clock);

    /// InvalidArgument: no bearer token; Denied: not a good one; Unsupported: good, but not for
    /// bringing records; Unavailable: the secrets cannot be read.
    Result<Caller> caller(const http::Request &request);

private:
    http::TokenSecrets m_secrets;
    const Clock &m_clock;
};

/// True for addresses of this machine and of private networks (RFC 1918, 4193, link-local).
bool isPrivateAddress(std::string_view address);

} // namespace facetrack

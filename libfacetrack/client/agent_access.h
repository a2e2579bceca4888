#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace facetrack {

/// Where an agent is, and what is needed to be sure of it and to be let in.
struct AgentAccess
{
    std::string url;         ///< "https://192.168.1.7:7420", as agentUrl() makes it
    std::string fingerprint; ///< "AB:CD:…", SHA-256 of its certificate; empty: not known yet
    std::string token;       ///< empty: only what is open to all
};

/// How long an agent may take; nothing waits longer.
struct AgentLimits
{
    std::chrono::milliseconds connect{4'000}; ///< until it takes the first byte
    std::chrono::milliseconds answer{10'000}; ///< without a byte either way from then on
};

/// Port of an agent where none is said.
inline constexpr int agentPort = 7420;

/// What a person types as an address, as a URL: "cam-1", "cam-1:7421", "[::1]:7420",
/// "http://127.0.0.1:7420/". Without a scheme it is https. InvalidArgument for anything else.
FACETRACK_EXPORT Result<std::string> agentUrl(std::string_view typed);

/// The same address with the other one of http and https.
FACETRACK_EXPORT std::string withOtherScheme(const std::string &url);

/// A fingerprint as agents print it: pairs of upper-case hex with colons. From any way to write one
/// (64 hex digits with or without colons); empty for anything else.
FACETRACK_EXPORT std::string fingerprintText(std::string_view hex);

} // namespace facetrack

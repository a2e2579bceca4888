#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace facetrack::net {

/// Servers that all take the same requests, and what is needed to be let in.
struct EndpointSettings
{
    std::vector<std::string> urls; ///< "http://host:port" or "https://host:port"; at least one
    std::string user;              ///< of HTTP basic; empty: none
    std::string passwordFile;      ///< its password: a file that only its owner may read
    std::string tokenFile;         ///< bearer token instead; the same
    std::string caFile;            ///< PEM; empty: the system's certificates
    std::string pin;               ///< SHA-256 of the server's certificate, 64 hex digits; or empty
    std::chrono::milliseconds connectTimeout{5'000};
    /// Without a byte of the answer. CrateDB answers a missing primary only after 60 s.
    std::chrono::milliseconds answerTimeout{75'000};
    std::string password; ///< itself, from a keychain; used where no file is named
};

/// How one of them is doing; a snapshot.
struct EndpointState
{
    std::string url; ///< without credentials
    bool healthy = true;
    std::string error; ///< last trouble in words; empty when healthy
    std::uint64_t requests = 0;
    std::uint64_t failures = 0;
};

} // namespace facetrack::net

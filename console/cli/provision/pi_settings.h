#pragma once
#include "console/cli/provision/package_set.h"
#include "console/cli/provision/provision.h"

#include <optional>
#include <string>
#include <vector>

namespace facetrack::cli {

/// A Wi-Fi that a Pi joins.
struct WifiSettings
{
    std::string ssid;    ///< 1 to 32 bytes of UTF-8
    std::string key;     ///< 64 hex digits, derived from the password; empty: an open network
    std::string country; ///< "DE": which channels are allowed
    bool hidden = false;
};

/// What a new Pi is set up with, checked.
struct PiSettings
{
    std::string hostname, user;
    std::string timezone;             ///< empty: as the image has it
    std::vector<std::string> sshKeys; ///< lines of an authorized_keys file
    std::optional<WifiSettings> wifi;
};

/// What becomes of an agent, on a card as over SSH.
struct AgentSettings
{
    std::vector<std::string> sets; ///< KEY=VALUE; empty: the settings stay as they are
    std::string token;             ///< of the relay; secret; empty: none is written
    std::string ca;                ///< who vouches for the relay, PEM; empty: none is written
    PackageSet packages;
};

/// Checks what was asked for and reads its files. Asks for the Wi-Fi's password where no file is named.
Result<PiSettings> piSettings(const ProvisionOptions &options);

/// The same for the agent. `name` is its id where none was asked for; empty: it keeps its own.
Result<AgentSettings> agentSettings(const ProvisionOptions &options, const std::string &name);

/// Refuses a token that the relay would refuse from agent `id`: another's, or one that has run out. What is no token
/// of facetrack's is let pass.
Result<void> checkToken(const std::string &token, const std::string &id);

/// WPA's key of a password: PBKDF2 with SHA-1, 4096 rounds (IEEE 802.11i, annex H.4), as 64 hex digits.
std::string wifiKey(const std::string &ssid, const std::string &password);

} // namespace facetrack::cli

#pragma once
#include "console/cli/provision/pi_settings.h"

#include <string>
#include <string_view>
#include <vector>

namespace facetrack::cli {

/// How a card's system takes settings at its first start.
enum class BootForm {
    CloudInit,  ///< Raspberry Pi OS since late 2025 (Trixie), Ubuntu
    CustomToml, ///< Raspberry Pi OS Bookworm, from 2024 on
};

/// A file that a card gets.
struct BootFile
{
    std::string path, bytes;
    std::string about;   ///< for people; no secret
    bool secret = false; ///< never shown
};

/// The folder on the boot partition that is all ours.
inline constexpr const char *ownFolder = "facetrack";
inline constexpr const char *tokenPath = "facetrack/relay-token";
inline constexpr const char *resultPath = "facetrack/result.txt";

/// user-data, network-config and meta-data. YAML takes JSON as it is, so a JSON library writes them: it
/// knows how to quote. `own`, what facetrack/ gets, only counts for the instance's name: whenever that
/// changes, cloud-init takes the Pi for a new one and sets it up again.
std::vector<BootFile> cloudInitFiles(const PiSettings &pi, const std::vector<BootFile> &own);

/// custom.toml, and the kernel's command line with our script in it.
std::vector<BootFile> customTomlFiles(const PiSettings &pi, const std::string &commandLine);

/// What facetrack/ gets: settings, token, packages and the script that puts them in place.
Result<std::vector<BootFile>> ownFiles(const AgentSettings &agent);

// For people.
std::string aboutPi(const PiSettings &pi);
std::string aboutNetwork(const PiSettings &pi);

/// Names for the script, one a line, of what comes from an apt source besides the agent.
std::string packageNames(const PackageSet &packages);
/// The script first-boot.
std::string firstBootScript();

} // namespace facetrack::cli

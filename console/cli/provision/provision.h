#pragma once
#include "console/cli/commands.h"

#include <optional>
#include <string>
#include <vector>

namespace facetrack::cli {

/// What `facetrack provision` was asked for.
struct ProvisionOptions
{
    // One of them.
    std::string boot;               ///< folder, image file or device: a card's boot partition
    std::vector<std::string> hosts; ///< running Pis, as ssh takes them

    // The Pi; with `boot` only.
    std::string hostname;
    std::string user = "pi";
    std::string sshKey;   ///< file with public keys
    std::string timezone;
    std::string wifiSsid;
    std::string wifiPasswordFile; ///< empty: asked for
    std::string wifiCountry;
    bool wifiHidden = false;
    bool wifiOpen = false; ///< no password
    std::string form = "auto";

    // facetrack.
    std::string packages;    ///< folder of .debs, or "URL [SUITE COMPONENT…]" of an apt source
    std::string packagesKey; ///< file with the key that signs the apt source
    bool packagesUnsigned = false;
    std::vector<std::string> morePackages; ///< of the folder or source, besides what an agent needs
    std::string agentName;
    std::string role;
    std::string relay;
    std::string relayCa; ///< file with the certificates of authorities that vouch for the relay
    std::string tokenFile;
    std::vector<std::string> sets; ///< KEY=VALUE

    // How.
    bool dryRun = false;
    bool yes = false;
    std::string sshConfig;                ///< of ssh, instead of ~/.ssh/config
    std::vector<std::string> acceptedKeys; ///< fingerprints of hosts' keys
    int agentPort = 0;                    ///< 0: as the settings say
    double wait = 60;                     ///< s, for the agent to answer
};

int provisionCommand(const CommonOptions &common, const ProvisionOptions &options);

/// The two ways of it.
int provisionCard(const CommonOptions &common, const ProvisionOptions &options);
int provisionHosts(const CommonOptions &common, const ProvisionOptions &options);

} // namespace facetrack::cli

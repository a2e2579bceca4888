#pragma once
#include "console/cli/provision/package_set.h"
#include "console/cli/provision/ssh_host.h"

#include <map>
#include <string>

namespace facetrack::cli {

/// What a running Pi has now.
struct RemoteState
{
    std::string architecture;                    ///< "arm64"
    std::uintmax_t freeBytes = 0;                ///< where packages are kept and installed
    std::map<std::string, std::string> versions; ///< of installed packages, by "NAME ARCHITECTURE"
    std::string toml;                            ///< the agent's settings; empty: none
    std::string tokenHash;                       ///< SHA-256 of the relay token's file, hex; empty: none
    std::string caHash;                          ///< the same of who vouches for the relay
    std::string name;                            ///< of the machine
    bool active = false;                         ///< the agent runs

    /// Those that are not installed in just this version.
    std::vector<DebFile> missing(const std::vector<DebFile> &files) const;
};

AgentResult<RemoteState> askState(const SshHost &host);

} // namespace facetrack::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/users.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fake {

struct UserOption
{
    std::string name;
    std::string password;
    std::vector<Privilege> privileges;
};

struct Options
{
    int port = 0;        ///< of the first node; the others take the next ones, or free ones
    int controlPort = 0;
    int nodes = 1;
    bool everywhere = false; ///< nodes listen on all addresses of the machine
    int refreshMs = 1000; ///< 0: rows are visible at once; -1: only after REFRESH TABLE
    std::string file = ":memory:";
    bool discard = false;
    bool requireAuth = false;
    std::vector<UserOption> users;
    std::map<std::string, std::string> tokens;
    std::string tlsCertificate;
    std::string tlsKey;
};

/// Nothing when the program is to end with `status`: help was asked for, or an option is wrong.
std::optional<Options> readOptions(int argc, char **argv, int &status);

} // namespace fake

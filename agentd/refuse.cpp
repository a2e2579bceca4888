#include "agentd/commands.h"

#include <cstdio>

namespace facetrack {

int refuse(const Error &error)
{
    std::fprintf(stderr, "facetrack-agentd: %s\n", describe(error).c_str());
    return ExitUsage;
}

} // namespace facetrack

#include "agentd/commands.h"

#include <cstdio>

namespace facetrack {

int refuse(const Error &error)
{
    std::fprintf(stderr, "facetrack-agentd: %s\n", describe(error).c_str());
    return ExitUsage;
}

void sayReady(const std::string &url, const std::string &fingerprint)
{
    std::printf("ready %s%s%s\n", url.c_str(), fingerprint.empty() ? "" : " ", fingerprint.c_str());
    std::fflush(stdout);
}

} // namespace facetrack

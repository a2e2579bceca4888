#include "libfacetrack/agent/identity.h"

#include "libfacetrack/base/version.h"

#include <array>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <pwd.h>
#include <random>
#include <unistd.h>

namespace facetrack {

namespace {

namespace fs = std::filesystem;

std::string hostName()
{
    std::array<char, HOST_NAME_MAX + 1> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0')
        return "agent";
    return name.data();
}

std::string randomRun()
{
    std::random_device random; // the kernel's generator with libstdc++ on Linux
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%08x%08x", random(), random());
    return digits.data();
}

/// Of the user whom a service runs as, such as /var/lib/facetrack; empty for people.
fs::path homeOfService()
{
    const struct passwd *const user = ::getpwuid(::geteuid());
    const std::string home = user && user->pw_dir ? user->pw_dir : "";
    return home.rfind("/var/lib/", 0) == 0 ? fs::path(home) : fs::path();
}

fs::path defaultStateDirectory()
{
    // systemd may give several, separated by colons: the first is ours.
    if (const char *systemd = std::getenv("STATE_DIRECTORY"); systemd && *systemd)
        return std::string(systemd).substr(0, std::string(systemd).find(':'));
    // What is asked as that user (sudo -u facetrack facetrack-agentd token) is about the service.
    if (const fs::path service = homeOfService(); !service.empty())
        return service;
    if (const char *xdg = std::getenv("XDG_STATE_HOME"); xdg && *xdg == '/')
        return fs::path(xdg) / "facetrack";
    if (const char *home = std::getenv("HOME"); home && *home)
        return fs::path(home) / ".local/state/facetrack";
    return "/var/lib/facetrack";
}

} // namespace

AgentInfo makeAgentInfo(const AgentConfig::Identity &settings)
{
    AgentInfo info;
    info.id = settings.id.empty() ? hostName() : settings.id;
    info.name = settings.name.empty() ? info.id : settings.name;
    info.role = settings.role;
    info.sensor = settings.sensor;
    info.location = settings.location;
    info.run = randomRun();
    info.version = version();
    return info;
}

Result<fs::path> stateDirectory(const std::string &configured)
{
    const fs::path folder = configured.empty() ? defaultStateDirectory() : fs::path(configured);
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        return fail(ErrorCode::Denied, folder.string(),
                    "the state directory cannot be made: " + failure.message(),
                    "choose another with --state-dir");
    return folder;
}

} // namespace facetrack

#include "console/cli/provision/agent_toml.h"
#include "console/cli/provision/boot_files.h"
#include "libfacetrack/base/file_text.h"

#include <QFile>

// A resource of a static library is left out by the linker unless somebody asks for it.
static void takeResources()
{
    Q_INIT_RESOURCE(provision);
}

namespace facetrack::cli {

std::string aboutPi(const PiSettings &pi)
{
    return "host " + pi.hostname + ", user " + pi.user + " with " + std::to_string(pi.sshKeys.size()) + " SSH key"
        + (pi.sshKeys.size() == 1 ? "" : "s") + " and no password" + (pi.timezone.empty() ? "" : ", " + pi.timezone);
}

std::string aboutNetwork(const PiSettings &pi)
{
    return pi.wifi ? "Wi-Fi " + pi.wifi->ssid + " (" + pi.wifi->country + (pi.wifi->key.empty() ? ", open)" : ")")
                   : "cable";
}

std::string packageNames(const PackageSet &packages)
{
    std::string names;
    for (const std::string &name : packages.more)
        names += name + "\n";
    return names;
}

std::string firstBootScript()
{
    takeResources();
    QFile file(QStringLiteral(":/facetrack/first-boot"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

Result<std::vector<BootFile>> ownFiles(const AgentSettings &agent)
{
    const auto toml = agentToml({}, agent.sets);
    if (!toml)
        return tl::unexpected(toml.error());
    if (auto good = checkToken(agent.token, idOf(*toml)); !good)
        return tl::unexpected(good.error());
    const std::string folder = std::string(ownFolder) + "/";
    std::vector<BootFile> files{{folder + "first-boot", firstBootScript(), "sets the Pi up at its first start", false},
                                {folder + "agentd.toml", *toml, "the agent's settings", false}};
    if (!agent.token.empty())
        files.push_back({tokenPath, agent.token + "\n", "the relay's token; leaves the card at the first start", true});
    if (!agent.ca.empty())
        files.push_back({folder + "relay-ca.pem", agent.ca, "who vouches for the relay", false});
    if (!agent.packages.source.empty())
        files.push_back({folder + "facetrack.sources", agent.packages.source, "where apt gets the packages", false});
    if (!agent.packages.sourceKey.empty())
        files.push_back({folder + "facetrack.asc", agent.packages.sourceKey, "the key of that source", false});
    if (const std::string more = packageNames(agent.packages); !more.empty())
        files.push_back({folder + "packages.txt", more, "further packages", false});
    for (const DebFile &deb : agent.packages.files) {
        auto bytes = readText(deb.file, deb.bytes);
        if (!bytes)
            return tl::unexpected(bytes.error());
        files.push_back({folder + "packages/" + deb.file.filename().string(), std::move(*bytes), sizeText(deb.bytes), false});
    }
    return files;
}

} // namespace facetrack::cli

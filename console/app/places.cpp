#include "console/app/places.h"

#include "libfacetrack/client/known_agents.h"

namespace facetrack::console {

std::unique_ptr<SecretStore> secretsFor(const Options &options, const ConsoleSettings &settings)
{
    const QString file = settings.folder() + QStringLiteral("/secrets.json");
    return options.keychain ? makeSecrets(file) : makeFileSecrets(file, {});
}

std::filesystem::path knownFile(const Options &options, const ConsoleSettings &settings)
{
    if (options.settings.isEmpty() && !options.demo)
        return KnownAgents::defaultFile();
    return (settings.folder() + QStringLiteral("/known-agents.json")).toStdString();
}

} // namespace facetrack::console

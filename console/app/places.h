#pragma once
#include "console/app/options.h"
#include "console/core/console_settings.h"
#include "console/core/secret_store.h"

#include <filesystem>
#include <memory>

namespace facetrack::console {

/// Where tokens are: the desktop's keychain, or the file beside the settings.
std::unique_ptr<SecretStore> secretsFor(const Options &options, const ConsoleSettings &settings);

/// The agents met before. Other settings, other acquaintances: a trial leaves no trace in the usual ones.
std::filesystem::path knownFile(const Options &options, const ConsoleSettings &settings);

} // namespace facetrack::console

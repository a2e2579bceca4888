#include "agentd/commands.h"
#include "libfacetrack/agent/access_token.h"
#include "libfacetrack/agent/own_certificate.h"
#include "libfacetrack/config/load.h"

#include <cstdio>

namespace facetrack {

namespace {

Result<AgentConfig> configOf(const SecretOptions &options)
{
    std::vector<FlagValue> flags;
    if (options.stateDirectory)
        flags.push_back({"--state-dir", "state.directory", *options.stateDirectory});
    auto config = loadConfig(options.config, options.sets, flags);
    if (!config)
        return tl::unexpected(asError(config.error()));
    return std::move(*config);
}

/// Nothing is made here: it would be no running agent's.
int refuseMissing(Error error)
{
    if (error.code == ErrorCode::NotFound)
        error.advice = "it is made when the agent starts for the first time; ask as the agent's user, and "
                       "with its --state-dir or --config";
    return refuse(error);
}

int print(const Result<std::string> &text)
{
    if (!text)
        return refuseMissing(text.error());
    std::printf("%s\n", text->c_str());
    return 0;
}

} // namespace

int tokenCommand(const SecretOptions &options)
{
    const auto config = configOf(options);
    if (!config)
        return refuse(config.error());
    const auto file = accessTokenFile(*config);
    if (!file)
        return refuse(file.error());
    return print(options.renew ? AccessToken::renew(*file) : AccessToken::read(*file));
}

int fingerprintCommand(const SecretOptions &options)
{
    const auto config = configOf(options);
    if (!config)
        return refuse(config.error());
    const auto files = certificateFiles(*config);
    if (!files)
        return refuse(files.error());
    return print(http::fingerprintOf(files->certificate));
}

} // namespace facetrack

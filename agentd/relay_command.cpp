#include "agentd/commands.h"
#include "agentd/service_notes.h"
#include "libfacetrack/config/load.h"
#include "libfacetrack/http/token_secrets.h"
#include "libfacetrack/relay/relay.h"

#include <algorithm>
#include <cstdio>

namespace facetrack {

namespace {

std::chrono::seconds now()
{
    return std::chrono::duration_cast<std::chrono::seconds>(SystemClock::instance().utc());
}

Checked<AgentConfig> configOf(const RelayOptions &options)
{
    std::vector<FlagValue> flags;
    if (options.listen)
        flags.push_back({"--listen", "relay.listen", *options.listen});
    if (options.stateDirectory)
        flags.push_back({"--state-dir", "state.directory", *options.stateDirectory});
    return loadConfig(options.config, options.sets, flags);
}

Result<std::filesystem::path> secretsFile(const RelayOptions &options)
{
    const auto config = configOf(options);
    if (!config)
        return tl::unexpected(asError(config.error()));
    return relaySecretsFile(*config);
}

/// None where there is no file yet.
Result<std::vector<http::TokenSecret>> secretsIn(const std::filesystem::path &file)
{
    auto secrets = http::TokenSecrets::read(file);
    if (!secrets && secrets.error().code == ErrorCode::NotFound)
        return std::vector<http::TokenSecret>();
    return secrets;
}

} // namespace

int relayCommand(const RelayOptions &options, const StopSignal &stop)
{
    auto config = configOf(options);
    if (!config)
        return refuse(asError(config.error()));
    const auto relay = Relay::start(std::move(*config));
    if (!relay)
        return refuse(relay.error());
    sayReady((*relay)->url(), (*relay)->fingerprint());
    const ServiceNotes notes([&] { return (*relay)->progress(); },
                             [&] { return (*relay)->summary(); });
    stop.wait();
    return 0;
}

int relayTokenCommand(const RelayOptions &options, const RelayTokenOptions &token)
{
    const auto file = secretsFile(options);
    if (!file)
        return refuse(file.error());
    const auto secrets = http::TokenSecrets::read(*file);
    if (!secrets)
        return refuse({secrets.error().code, secrets.error().where, secrets.error().message,
                       "a token is made where the relay is, by its user and with its settings (docs/relay.md); for a "
                       "new relay, facetrack-agentd relay secret makes its secret"});
    http::TokenClaims claims;
    claims.issuer = token.agent;
    claims.role = token.role;
    claims.issuedAt = now().count();
    claims.expires = now().count() + std::int64_t{token.days} * 24 * 3600;
    std::printf("%s\n", http::signToken(claims, secrets->front()).c_str());
    return 0;
}

int relaySecretCommand(const RelayOptions &options, const RelaySecretOptions &secret)
{
    const auto file = secretsFile(options);
    if (!file)
        return refuse(file.error());
    auto secrets = secretsIn(*file);
    if (!secrets)
        return refuse(secrets.error());
    if (secret.drop) {
        const auto dropped = std::remove_if(secrets->begin(), secrets->end(),
                                            [&](const auto &one) { return one.id == *secret.drop; });
        if (dropped == secrets->end())
            return refuse({ErrorCode::NotFound, file->string(), "there is no secret " + *secret.drop, {}});
        secrets->erase(dropped, secrets->end());
        if (secrets->empty())
            return refuse({ErrorCode::InvalidArgument, file->string(),
                           "without this one no token would be good",
                           "add another first: facetrack-agentd relay secret"});
    } else if (!secret.list) {
        secrets->insert(secrets->begin(), http::TokenSecrets::random(now()));
    }
    if (!secret.list) {
        if (auto written = http::TokenSecrets::write(*file, *secrets); !written)
            return refuse(written.error());
    }
    std::printf("%s\n", file->c_str());
    for (const http::TokenSecret &one : *secrets)
        std::printf("  %s%s\n", one.id.c_str(), &one == &secrets->front() ? "  signs new tokens" : "");
    return 0;
}

} // namespace facetrack

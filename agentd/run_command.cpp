#include "agentd/commands.h"
#include "agentd/service_notes.h"
#include "libfacetrack/agent/agent.h"
#include "libfacetrack/config/load.h"

#include <atomic>
#include <filesystem>

namespace facetrack {

namespace {

std::vector<FlagValue> flags(const RunOptions &options)
{
    std::vector<FlagValue> given;
    const auto add = [&](const char *flag, const char *key, const std::optional<std::string> &text) {
        if (text)
            given.push_back({flag, key, *text});
    };
    add("--source", "source.url", options.source);
    add("--listen", "http.listen", options.listen);
    add("--state-dir", "state.directory", options.stateDirectory);
    return given;
}

} // namespace

int runCommand(const RunOptions &options, const StopSignal &stop)
{
    auto config = loadConfig(options.config, options.sets, flags(options));
    if (!config)
        return refuse(asError(config.error()));
    config->http.insecureLoopback = options.insecureLoopback;
    std::atomic<bool> gaveUp = false;
    const auto giveUp = [&] {
        gaveUp = true;
        stop.request();
    };
    const auto agent = Agent::start(std::move(*config), SystemClock::instance(), giveUp, serviceState());
    if (!agent)
        return refuse(agent.error());
    sayReady((*agent)->url(), (*agent)->fingerprint());
    const ServiceNotes notes([&] { return (*agent)->progress(); },
                             [&] { return (*agent)->summary(); });
    stop.wait();
    return gaveUp ? ExitGaveUp : 0;
}

} // namespace facetrack

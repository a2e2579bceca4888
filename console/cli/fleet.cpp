#include "console/cli/fleet.h"

#include <thread>

namespace facetrack::cli {

namespace {

void ask(const Target &target, const CommonOptions &common, const Work &work, Outcome &outcome)
{
    Conversation conversation(target, common);
    auto done = conversation.open();
    // Its own name, and where it was found: known only now for an address.
    const Target &met = conversation.target();
    outcome.agent = met.label;
    outcome.id = met.id;
    outcome.address = met.access.url;
    if (done)
        done = work(conversation, outcome);
    if (!done)
        outcome.failure = done.error();
}

} // namespace

std::vector<Outcome> askAll(const std::vector<Target> &targets, const CommonOptions &common,
                            const Work &work)
{
    std::vector<Outcome> outcomes(targets.size());
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < targets.size(); ++i)
        threads.emplace_back([&, i] { ask(targets[i], common, work, outcomes[i]); });
    threads.clear();
    return outcomes;
}

int runFleet(const std::string &command, const CommonOptions &common, WithoutAgents otherwise,
             const Work &work, const std::vector<std::string> &header)
{
    const auto known = KnownAgents::load(common.known);
    if (!known)
        return refuse(known.error(), ExitRefused);
    const auto targets = targetsFor(common.agents, *known, otherwise);
    if (!targets)
        return refuse(targets.error());
    return print(command, common, askAll(*targets, common, work), header);
}

} // namespace facetrack::cli

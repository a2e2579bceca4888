#include "console/cli/fleet.h"
#include "console/cli/look_around.h"

namespace facetrack::cli {

namespace {

std::string pairing(const KnownAgent *known)
{
    if (!known)
        return "not met";
    return known->token.empty() ? "no token" : "paired";
}

std::string answering(const Outcome &outcome)
{
    if (!outcome.failure)
        return "answers";
    switch (outcome.failure->trouble) {
    case AgentTrouble::Fingerprint:
        return "CERTIFICATE CHANGED";
    case AgentTrouble::Unreachable:
        return "no answer";
    default:
        return "refuses";
    }
}

void complete(Outcome &outcome, const KnownAgents &known, bool asked)
{
    const KnownAgent *agent = known.find(outcome.id.empty() ? outcome.address : outcome.id);
    const std::string state = asked ? answering(outcome) : "not asked";
    outcome.result["paired"] = agent && !agent->token.empty();
    outcome.result["fingerprint"] = agent ? agent->fingerprint : "";
    outcome.result["answers"] = asked && !outcome.failure ? Json(true) : asked ? Json(false) : Json();
    outcome.row = {outcome.agent, outcome.id.empty() ? "?" : outcome.id, outcome.address, state,
                   pairing(agent)};
}

AgentResult<void> who(Conversation &conversation, Outcome &outcome)
{
    const auto info = conversation.wait<AgentInfo>([&](QObject *context, auto done) {
        conversation.client().agent(context, std::move(done));
    });
    if (!info)
        return tl::unexpected(info.error());
    outcome.result = {{"name", info->name},         {"role", info->role},
                      {"location", info->location}, {"version", info->version}};
    return {};
}

} // namespace

int listCommand(const CommonOptions &common, bool knownOnly)
{
    auto known = KnownAgents::load(common.known);
    if (!known)
        return refuse(known.error(), ExitRefused);
    if (knownOnly && known->all().empty() && !common.json)
        std::puts("No agent is known yet; meet one with: facetrack pair ADDRESS");
    std::vector<Target> targets;
    if (!knownOnly || !known->all().empty()) {
        auto found = common.agents.empty() && !knownOnly
                         ? Result<std::vector<Target>>(lookAround(*known))
                         : targetsFor(common.agents, *known, WithoutAgents::All);
        if (!found)
            return refuse(found.error());
        targets = std::move(*found);
    }
    std::vector<Outcome> outcomes;
    if (knownOnly) {
        for (const Target &target : targets)
            outcomes.push_back({target.label, target.id, target.access.url, {}, false, {}, {}, {}});
    } else {
        outcomes = askAll(targets, common, who);
        if (auto now = KnownAgents::load(common.known)) // some may just have been met
            known = std::move(now);
    }
    for (Outcome &outcome : outcomes)
        complete(outcome, *known, !knownOnly);
    return print("list", common, outcomes, {"AGENT", "ID", "ADDRESS", "STATE", "TRUST"});
}

} // namespace facetrack::cli

#include "console/cli/conversation.h"
#include "console/cli/outcome.h"
#include "console/cli/token_prompt.h"
#include "libfacetrack/base/file_text.h"

#include <cstdio>

namespace facetrack::cli {

namespace {

Result<std::string> tokenOf(const PairOptions &options)
{
    Result<std::string> token;
    if (options.tokenFile.empty() || options.tokenFile == "-")
        token = askSecret("Its token (facetrack-agentd token prints it there): ");
    else
        token = readSecretText(options.tokenFile);
    if (!token)
        return token;
    token->erase(0, token->find_first_not_of(" \t\r\n"));
    token->erase(token->find_last_not_of(" \t\r\n") + 1);
    const bool plain = token->find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                                "0123456789-_.~+/=") == token->npos;
    if (token->empty() || !plain)
        return fail(ErrorCode::InvalidArgument, "token", token->empty() ? "none was given" : "is none",
                    "copy what `facetrack-agentd token` prints on the agent");
    return token;
}

/// Changes nothing, but is answered only to who may change something.
AgentResult<void> tryToken(Conversation &conversation)
{
    const auto answer = conversation.wait<AgentTuning>([&](QObject *context, auto done) {
        conversation.client().patchTuning(nlohmann::json::object(), context, std::move(done));
    });
    if (!answer)
        return tl::unexpected(answer.error());
    return {};
}

Outcome outcomeOf(const Target &target)
{
    Outcome outcome;
    outcome.agent = target.label;
    outcome.id = target.id;
    outcome.address = target.access.url;
    return outcome;
}

AgentResult<void> checkFingerprint(const PairOptions &options, const std::string &shown)
{
    const std::string wanted = fingerprintText(options.fingerprint);
    if (options.fingerprint.empty() || wanted == shown)
        return {};
    AgentFailure failure = failureOf({ErrorCode::Denied, options.address,
                                      "does not show the certificate that was asked for, but "
                                          + (shown.empty() ? "none (plain http)" : shown),
                                      "do not go on: somebody may be in between"},
                                     AgentTrouble::Fingerprint);
    failure.fingerprint = shown;
    return tl::unexpected(failure);
}

AgentResult<void> pairWith(Conversation &conversation, const CommonOptions &common,
                           const PairOptions &options, Outcome &outcome)
{
    if (const auto same = checkFingerprint(options, conversation.target().access.fingerprint); !same)
        return same;
    Target target = conversation.target();
    target.access.token.clear();
    conversation.client().setAccess(target.access);
    // An agent that listens on loopback only may ask for no token.
    auto right = tryToken(conversation);
    if (!right && right.error().trouble == AgentTrouble::Token) {
        if (target.access.url.starts_with("http://"))
            std::fprintf(stderr, "facetrack: %s speaks plain http: everybody on the way can read the "
                                 "token\n", target.label.c_str());
        const auto token = tokenOf(options);
        if (!token)
            return tl::unexpected(failureOf(token.error(), AgentTrouble::Token));
        target.access.token = *token;
        conversation.client().setAccess(target.access);
        right = tryToken(conversation);
    }
    if (!right)
        return right;
    const KnownAgent agent{target.id, target.label, target.access.url, target.access.fingerprint,
                           target.access.token};
    const auto kept = KnownAgents::change(common.known,
                                          [&](KnownAgents &known) { return known.remember(agent); });
    if (!kept)
        return tl::unexpected(failureOf(kept.error(), AgentTrouble::Refused));
    outcome.result = {{"fingerprint", agent.fingerprint}, {"token", !agent.token.empty()}};
    outcome.lines = {"paired with " + target.label + " at " + target.access.url
                     + (agent.token.empty() ? " (it asks for no token)" : "")};
    return {};
}

} // namespace

int pairCommand(const CommonOptions &common, const PairOptions &options)
{
    if (!options.fingerprint.empty() && fingerprintText(options.fingerprint).empty())
        return refuse({ErrorCode::InvalidArgument, "--fingerprint", "is no SHA-256",
                       "64 hex digits, as `facetrack-agentd fingerprint` prints them"});
    const auto known = KnownAgents::load(common.known);
    if (!known)
        return refuse(known.error(), ExitRefused);
    auto target = targetFor(options.address, *known);
    // A name that is not known may well be that of a machine.
    if (!target && target.error().code == ErrorCode::NotFound)
        target = targetFor(options.address + ":" + std::to_string(agentPort), *known);
    if (!target)
        return refuse(target.error());
    Conversation conversation(*target, common);
    auto done = conversation.open();
    Outcome outcome = outcomeOf(conversation.target());
    if (done)
        done = pairWith(conversation, common, options, outcome);
    const bool interrupted = !done && done.error().trouble == AgentTrouble::Token
                             && done.error().code == ErrorCode::Unavailable;
    if (interrupted)
        return ExitInterrupted;
    if (!done)
        outcome.failure = done.error();
    return print("pair", common, {outcome});
}

int forgetCommand(const CommonOptions &common, const std::string &agent)
{
    Outcome outcome;
    const auto known = KnownAgents::change(common.known, [&](KnownAgents &all) -> Result<void> {
        if (const KnownAgent *found = all.find(agent))
            outcome = outcomeOf({found->name.empty() ? found->id : found->name, found->id,
                                 found->access(), false});
        return all.forget(agent);
    });
    if (!known)
        return refuse(known.error(),
                      known.error().code == ErrorCode::NotFound ? ExitUsage : ExitRefused);
    outcome.lines = {"forgot " + outcome.agent + ": its token and its certificate"};
    return print("forget", common, {outcome});
}

} // namespace facetrack::cli

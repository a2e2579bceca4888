#include "console/cli/conversation.h"

#include <cstdio>

namespace facetrack::cli {

namespace {

AgentLimits limitsFor(double timeout)
{
    const std::chrono::milliseconds each(static_cast<std::int64_t>(timeout * 1000));
    return {each, each};
}

} // namespace

Conversation::Conversation(Target target, const CommonOptions &common)
    : m_target(std::move(target)), m_known(common.known),
      m_longest(static_cast<std::int64_t>(common.timeout * 3000)),
      m_client(m_target.access, limitsFor(common.timeout))
{
    m_client.setName("facetrack");
}

AgentFailure Conversation::tooSlow() const
{
    return failureOf({ErrorCode::Unavailable, m_target.access.url, "did not answer to the end in time",
                      "--timeout gives it longer"},
                     AgentTrouble::Unreachable);
}

AgentResult<AgentInfo> Conversation::askWho()
{
    return wait<AgentInfo>([this](QObject *context, AgentClient::Done<AgentInfo> done) {
        m_client.agent(context, std::move(done));
    });
}

AgentResult<void> Conversation::open()
{
    if (!m_target.id.empty())
        return {};
    auto info = askWho();
    if (!info && info.error().trouble == AgentTrouble::Scheme && m_target.anyScheme) {
        m_target.access.url = withOtherScheme(m_target.access.url);
        m_client.setAccess(m_target.access);
        info = askWho();
    }
    if (!info)
        return tl::unexpected(info.error());
    return meet(*info);
}

AgentResult<void> Conversation::meet(const AgentInfo &info)
{
    const std::string shown = m_client.fingerprint();
    KnownAgent agent{info.id, info.name, m_target.access.url, shown, {}};
    const auto known = KnownAgents::load(m_known);
    if (!known)
        return tl::unexpected(failureOf(known.error(), AgentTrouble::Refused));
    const KnownAgent *const before = known->find(info.id);
    if (before && before->id == info.id && !before->fingerprint.empty() && before->fingerprint != shown)
        return tl::unexpected(failureOf(changedFingerprint(info.name, before->fingerprint, shown),
                                        AgentTrouble::Fingerprint));
    if (before && before->fingerprint == shown)
        agent.token = before->token;
    if (!shown.empty() && !before) {
        const auto kept = KnownAgents::change(
            m_known, [&](KnownAgents &all) { return all.remember(agent); });
        if (!kept)
            return tl::unexpected(failureOf(kept.error(), AgentTrouble::Refused));
        std::fprintf(stderr,
                     "facetrack: %s is met for the first time; from now on only this certificate is "
                     "taken for it:\n  %s\n",
                     info.name.c_str(), shown.c_str());
    }
    m_target = {info.name.empty() ? info.id : info.name, info.id, agent.access(), false};
    m_client.setAccess(m_target.access);
    return {};
}

} // namespace facetrack::cli

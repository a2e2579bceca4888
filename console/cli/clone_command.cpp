#include "console/cli/fleet.h"
#include "console/cli/value_text.h"
#include "libfacetrack/client/tuning_copy.h"

#include <algorithm>

namespace facetrack::cli {

namespace {

using nlohmann::json;

constexpr int mostAttempts = 5; ///< an agent may refuse something else each time

Result<std::vector<Target>> targetsBut(const Target &from, const std::vector<std::string> &to,
                                       const KnownAgents &known)
{
    std::string names;
    for (const std::string &name : to)
        names += (names.empty() ? "" : ",") + name;
    auto targets = targetsFor(names, known, WithoutAgents::All);
    if (!targets)
        return targets;
    std::erase_if(*targets, [&](const Target &target) { return target.access.url == from.access.url; });
    if (targets->empty())
        return fail(ErrorCode::InvalidArgument, names, "is nobody else than " + from.label,
                    "name the agents that are to be tuned alike");
    return targets;
}

Json problemsJson(const std::vector<Problem> &problems)
{
    Json list = Json::array();
    for (const Problem &problem : problems)
        list.push_back({{"key", problem.key}, {"message", problem.message}, {"limits", problem.limits}});
    return list;
}

void tell(Outcome &outcome, const TuningCopy &copy, const Tuned &before, const AgentTuning &after)
{
    outcome.partly = !copy.refused.empty();
    outcome.result = {{"revision", after.revision},
                      {"copied", copy.patch},
                      {"same", copy.same},
                      {"refused", problemsJson(copy.refused)}};
    outcome.lines = changeLines(before, after, copy.patch);
    for (const Problem &problem : copy.refused)
        outcome.lines.push_back("refused: " + describe(problem));
    outcome.lines.push_back(std::to_string(copy.patch.size()) + " copied, "
                            + std::to_string(copy.same.size()) + " the same already, "
                            + std::to_string(copy.refused.size()) + " refused");
}

AgentResult<void> copyTo(Conversation &conversation, const json &values, Outcome &outcome)
{
    const auto before = askTuned(conversation);
    if (!before)
        return tl::unexpected(before.error());
    TuningCopy copy = planTuningCopy(values, before->schema, before->tuning.values);
    AgentResult<AgentTuning> after = before->tuning;
    for (int attempt = 0; attempt < mostAttempts && !copy.patch.empty(); ++attempt) {
        after = conversation.wait<AgentTuning>([&](QObject *context, auto done) {
            conversation.client().patchTuning(copy.patch, context, std::move(done));
        });
        const bool refused = !after && after.error().trouble == AgentTrouble::Invalid;
        if (!refused || !leaveOut(copy, after.error().problems))
            break;
        after = before->tuning;
    }
    if (!after)
        return tl::unexpected(after.error());
    tell(outcome, copy, *before, *after);
    return {};
}

} // namespace

int cloneCommand(const CommonOptions &common, const std::string &from,
                 const std::vector<std::string> &to)
{
    const auto known = KnownAgents::load(common.known);
    if (!known)
        return refuse(known.error(), ExitRefused);
    const auto source = targetFor(from, *known);
    if (!source)
        return refuse(source.error());
    const auto targets = targetsBut(*source, to, *known);
    if (!targets)
        return refuse(targets.error());

    json values;
    auto read = askAll({*source}, common,
                       [&](Conversation &conversation, Outcome &) -> AgentResult<void> {
                           const auto tuned = askTuned(conversation);
                           if (!tuned)
                               return tl::unexpected(tuned.error());
                           values = tuned->tuning.values;
                           return {};
                       });
    if (read.front().failure)
        return print("clone", common, read);
    return print("clone", common,
                 askAll(*targets, common, [&](Conversation &conversation, Outcome &outcome) {
                     return copyTo(conversation, values, outcome);
                 }));
}

} // namespace facetrack::cli

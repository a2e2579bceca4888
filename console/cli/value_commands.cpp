#include "console/cli/fleet.h"
#include "console/cli/value_text.h"

#include <algorithm>

namespace facetrack::cli {

namespace {

using nlohmann::json;

json valuesByKey(const std::vector<std::string> &keys, const json &values)
{
    json object = json::object();
    for (const std::string &key : keys)
        object[key] = valueOf(values, key);
    return object;
}

/// The keys that are meant: whole ones, and all of a group. Problems for those that are not there.
std::vector<std::string> keysMeant(const Tuned &tuned, const std::vector<std::string> &asked,
                                   std::vector<Problem> &problems)
{
    std::vector<std::string> keys;
    const auto take = [&](const std::string &wish) {
        bool any = false;
        for (const Parameter &parameter : tuned.schema) {
            const bool fits = wish.empty() || parameter.key == wish || parameter.group == wish;
            if (!fits || parameter.applies != Applies::NextFrame)
                continue;
            any = true;
            if (std::find(keys.begin(), keys.end(), parameter.key) == keys.end())
                keys.push_back(parameter.key);
        }
        return any;
    };
    if (asked.empty())
        take({});
    for (const std::string &wish : asked) {
        if (!take(wish))
            problems.push_back(unknownKey(tuned.schema, wish));
    }
    return keys;
}

bool isDefault(const Tuned &tuned, const std::string &key)
{
    return valueText(tuned, tuned.tuning.values, key)
           == toText(findIn(tuned.schema, key)->defaultValue);
}

/// {"detect.min_neighbors": 5} by this agent's schema, or everything that is wrong.
tl::expected<json, AgentFailure> patchFrom(const Tuned &tuned,
                                           const std::vector<std::string> &assignments)
{
    json patch = json::object();
    std::vector<Problem> problems;
    for (const std::string &assignment : assignments) {
        const std::string key = assignment.substr(0, assignment.find('='));
        const Parameter *const parameter = findIn(tuned.schema, key);
        if (!parameter || parameter->applies != Applies::NextFrame) {
            problems.push_back(unknownKey(tuned.schema, key));
            continue;
        }
        const auto value = parse(*parameter, std::string_view(assignment).substr(key.size() + 1));
        if (value)
            patch[key] = toJson(*value);
        else
            problems.push_back(problemOf(value.error()));
    }
    if (!problems.empty())
        return tl::unexpected(invalid(std::move(problems)));
    return patch;
}

AgentResult<AgentTuning> sendPatch(Conversation &conversation, const json &patch)
{
    return conversation.wait<AgentTuning>([&](QObject *context, auto done) {
        conversation.client().patchTuning(patch, context, std::move(done));
    });
}

void tell(Outcome &outcome, const Tuned &before, const AgentTuning &after, const json &patch)
{
    std::vector<std::string> keys;
    for (const auto &[key, value] : patch.items())
        keys.push_back(key);
    outcome.result = {{"revision", after.revision},
                      {"before", valuesByKey(keys, before.tuning.values)},
                      {"values", valuesByKey(keys, after.values)}};
    outcome.lines = changeLines(before, after, patch);
    if (!after.keepError.empty())
        outcome.lines.push_back("cannot be kept over a restart: " + after.keepError);
}

/// For undo and reset of all: what differs.
json difference(const Tuned &before, const AgentTuning &after)
{
    json patch = json::object();
    for (const Parameter &parameter : before.schema) {
        const json value = valueOf(after.values, parameter.key);
        if (value != valueOf(before.tuning.values, parameter.key))
            patch[parameter.key] = value;
    }
    return patch;
}

int changeAll(const std::string &command, const CommonOptions &common,
              const std::function<AgentResult<AgentTuning>(Conversation &)> &change)
{
    return runFleet(command, common, WithoutAgents::OnlyOne,
                    [&](Conversation &conversation, Outcome &outcome) -> AgentResult<void> {
                        const auto before = askTuned(conversation);
                        if (!before)
                            return tl::unexpected(before.error());
                        const auto after = change(conversation);
                        if (!after)
                            return tl::unexpected(after.error());
                        const json changed = difference(*before, *after);
                        tell(outcome, *before, *after, changed);
                        if (changed.empty())
                            outcome.lines.insert(outcome.lines.begin(), "nothing changed");
                        return {};
                    });
}

} // namespace

int getCommand(const CommonOptions &common, const std::vector<std::string> &asked, bool changedOnly)
{
    return runFleet("get", common, WithoutAgents::All,
                    [&](Conversation &conversation, Outcome &outcome) -> AgentResult<void> {
                        const auto tuned = askTuned(conversation);
                        if (!tuned)
                            return tl::unexpected(tuned.error());
                        std::vector<Problem> problems;
                        auto keys = keysMeant(*tuned, asked, problems);
                        if (!problems.empty())
                            return tl::unexpected(invalid(std::move(problems)));
                        if (changedOnly)
                            std::erase_if(keys, [&](const auto &key) { return isDefault(*tuned, key); });
                        for (const std::string &key : keys)
                            outcome.lines.push_back(key + "="
                                                    + valueText(*tuned, tuned->tuning.values, key));
                        outcome.result = {{"revision", tuned->tuning.revision},
                                          {"values", valuesByKey(keys, tuned->tuning.values)}};
                        return {};
                    });
}

int setCommand(const CommonOptions &common, const std::vector<std::string> &assignments)
{
    for (const std::string &assignment : assignments) {
        if (assignment.find('=') == assignment.npos || assignment.front() == '=')
            return refuse({ErrorCode::InvalidArgument, assignment, "is not KEY=VALUE",
                           "such as detect.min_neighbors=5"});
    }
    return runFleet("set", common, WithoutAgents::OnlyOne,
                    [&](Conversation &conversation, Outcome &outcome) -> AgentResult<void> {
                        const auto before = askTuned(conversation);
                        if (!before)
                            return tl::unexpected(before.error());
                        const auto patch = patchFrom(*before, assignments);
                        if (!patch)
                            return tl::unexpected(patch.error());
                        const auto after = sendPatch(conversation, *patch);
                        if (!after)
                            return tl::unexpected(after.error());
                        tell(outcome, *before, *after, *patch);
                        return {};
                    });
}

int resetCommand(const CommonOptions &common, const std::vector<std::string> &keys)
{
    if (keys.empty())
        return changeAll("reset", common, [](Conversation &conversation) {
            return conversation.wait<AgentTuning>([&](QObject *context, auto done) {
                conversation.client().reset(context, std::move(done));
            });
        });
    json patch = json::object();
    for (const std::string &key : keys)
        patch[key] = nullptr;
    return changeAll("reset", common, [&](Conversation &conversation) {
        return sendPatch(conversation, patch);
    });
}

int undoCommand(const CommonOptions &common)
{
    return changeAll("undo", common, [](Conversation &conversation) {
        return conversation.wait<AgentTuning>([&](QObject *context, auto done) {
            conversation.client().undo(context, std::move(done));
        });
    });
}

} // namespace facetrack::cli

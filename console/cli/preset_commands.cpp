#include "console/cli/fleet.h"
#include "console/cli/value_text.h"

namespace facetrack::cli {

int presetListCommand(const CommonOptions &common)
{
    return runFleet("preset list", common, WithoutAgents::All,
                    [](Conversation &conversation, Outcome &outcome) -> AgentResult<void> {
                        const auto presets = conversation.wait<std::vector<AgentPreset>>(
                            [&](QObject *context, auto done) {
                                conversation.client().presets(context, std::move(done));
                            });
                        if (!presets)
                            return tl::unexpected(presets.error());
                        outcome.result = {{"presets", Json::array()}};
                        for (const AgentPreset &preset : *presets) {
                            outcome.result["presets"].push_back({{"name", preset.name},
                                                                 {"saved", preset.saved},
                                                                 {"values", preset.values}});
                            outcome.lines.push_back(preset.name + "  (" + preset.saved + ")");
                        }
                        if (presets->empty())
                            outcome.lines.emplace_back("no presets");
                        return {};
                    });
}

int presetSaveCommand(const CommonOptions &common, const std::string &name)
{
    return runFleet("preset save", common, WithoutAgents::OnlyOne,
                    [&](Conversation &conversation, Outcome &outcome) -> AgentResult<void> {
                        const auto preset
                            = conversation.wait<AgentPreset>([&](QObject *context, auto done) {
                                  conversation.client().savePreset(name, {}, context, std::move(done));
                              });
                        if (!preset)
                            return tl::unexpected(preset.error());
                        outcome.result = {{"name", preset->name},
                                          {"saved", preset->saved},
                                          {"values", preset->values}};
                        outcome.lines.push_back("saved what is in force as \"" + name + "\"");
                        return {};
                    });
}

int presetApplyCommand(const CommonOptions &common, const std::string &name)
{
    return runFleet("preset apply", common, WithoutAgents::OnlyOne,
                    [&](Conversation &conversation, Outcome &outcome) -> AgentResult<void> {
                        const auto tuning
                            = conversation.wait<AgentTuning>([&](QObject *context, auto done) {
                                  conversation.client().applyPreset(name, context, std::move(done));
                              });
                        if (!tuning)
                            return tl::unexpected(tuning.error());
                        outcome.result = {{"name", name}, {"revision", tuning->revision}};
                        outcome.lines.push_back("applied \"" + name + "\", revision "
                                                + std::to_string(tuning->revision)
                                                + "; facetrack undo takes it back");
                        return {};
                    });
}

int presetDeleteCommand(const CommonOptions &common, const std::string &name)
{
    return runFleet("preset delete", common, WithoutAgents::OnlyOne,
                    [&](Conversation &conversation, Outcome &outcome) -> AgentResult<void> {
                        const auto gone = conversation.wait<AgentClient::Nothing>(
                            [&](QObject *context, auto done) {
                                conversation.client().deletePreset(name, context, std::move(done));
                            });
                        if (!gone)
                            return tl::unexpected(gone.error());
                        outcome.result = {{"name", name}};
                        outcome.lines.push_back("deleted \"" + name + "\"");
                        return {};
                    });
}

} // namespace facetrack::cli

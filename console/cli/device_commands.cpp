#include "console/cli/fleet.h"

namespace facetrack::cli {

int identifyCommand(const CommonOptions &common)
{
    return runFleet("identify", common, WithoutAgents::OnlyOne,
                    [](Conversation &conversation, Outcome &outcome) -> AgentResult<void> {
                        const auto shown
                            = conversation.wait<Identified>([&](QObject *context, auto done) {
                                  conversation.client().identify(context, std::move(done));
                              });
                        if (!shown)
                            return tl::unexpected(shown.error());
                        outcome.result = {{"name", shown->name},
                                          {"seconds", shown->seconds},
                                          {"light", shown->light}};
                        outcome.lines.push_back(
                            "its live picture shows \"" + shown->name + "\" for "
                            + std::to_string(shown->seconds) + " s"
                            + (shown->light.empty() ? "" : ", and its light " + shown->light + " blinks"));
                        return {};
                    });
}

} // namespace facetrack::cli

#include "console/cli/fleet.h"

#include <cstdio>

namespace facetrack::cli {

namespace {

std::string rounded(double number)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", number);
    return text;
}

std::vector<std::string> rowOf(const std::string &name, const AgentReport &report)
{
    const bool uploads = !report.uploadState.empty();
    return {name,
            report.sourceState,
            rounded(report.fps),
            rounded(report.looksPerSecond),
            std::to_string(report.facesNow),
            std::to_string(report.visits),
            uploads ? std::to_string(report.undelivered) : "-",
            report.temperature ? rounded(*report.temperature) + " °C" : "-",
            report.warning.empty() ? "ok" : report.warning};
}

} // namespace

int statusCommand(const CommonOptions &common)
{
    return runFleet(
        "status", common, WithoutAgents::All,
        [](Conversation &conversation, Outcome &outcome) -> AgentResult<void> {
            const auto report = conversation.wait<AgentReport>([&](QObject *context, auto done) {
                conversation.client().status(context, std::move(done));
            });
            if (!report)
                return tl::unexpected(report.error());
            outcome.result = report->all;
            outcome.row = rowOf(outcome.agent, *report);
            return {};
        },
        {"AGENT", "SOURCE", "FPS", "LOOKS/S", "FACES", "VISITS", "WAITING", "TEMP", "HEALTH"});
}

} // namespace facetrack::cli

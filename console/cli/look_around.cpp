#include "console/cli/look_around.h"

#include "libfacetrack/discovery/agent_browser.h"

#include <QEventLoop>
#include <QTimer>
#include <algorithm>
#include <chrono>

namespace facetrack::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto Patience = 1'500ms; // an answer on the local network takes 1 to 700 ms

std::vector<FoundAgent> onThisNetwork()
{
    QEventLoop loop;
    const AgentBrowser browser(BrowserSources{}, [] {});
    QTimer::singleShot(Patience, &loop, &QEventLoop::quit);
    loop.exec();
    return browser.agents();
}

void add(std::vector<Target> &targets, const FoundAgent &found)
{
    const auto same = std::find_if(targets.begin(), targets.end(), [&](const Target &target) {
        return target.id == found.id || target.access.url == found.address;
    });
    if (same == targets.end())
        targets.push_back({found.name, found.id, {found.address, {}, {}}, false});
    else if (found.answers == true)
        same->access.url = found.address; // what is known of its certificate still holds
}

} // namespace

std::vector<Target> lookAround(const KnownAgents &known)
{
    std::vector<Target> targets;
    if (!known.all().empty())
        targets = targetsFor({}, known, WithoutAgents::All).value_or(std::vector<Target>());
    for (const FoundAgent &found : onThisNetwork())
        add(targets, found);
    if (targets.empty()) // the one on this machine
        targets = targetsFor({}, known, WithoutAgents::All).value_or(std::vector<Target>());
    return targets;
}

} // namespace facetrack::cli

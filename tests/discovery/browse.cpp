// Prints what an AgentBrowser finds as JSON lines with the time, for tests in network namespaces.
// browse [--no-dns-sd] [ADDRESS…]
#include "libfacetrack/discovery/agent_browser.h"

#include <QCoreApplication>
#include <cstdio>
#include <nlohmann/json.hpp>

using namespace facetrack;

namespace {

nlohmann::json toJson(const FoundAgent &agent)
{
    nlohmann::json ways = nlohmann::json::array();
    if (agent.by.dnsSd)
        ways.push_back("dns-sd");
    if (agent.by.saved)
        ways.push_back("saved");
    if (agent.by.database)
        ways.push_back("database");
    return {{"id", agent.id},           {"name", agent.name},
            {"role", agent.role},       {"address", agent.address},
            {"by", ways},               {"answers", agent.answers.value_or(false)},
            {"asked", agent.answers.has_value()}, {"trouble", agent.trouble},
            {"fingerprint", agent.fingerprint}};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    BrowserSources sources;
    for (int i = 1; i < argc; ++i) {
        if (std::string(argv[i]) == "--no-dns-sd")
            sources.dnsSd = false;
        else
            sources.saved.push_back(argv[i]);
    }
    std::string last;
    AgentBrowser *browser = nullptr;
    const auto print = [&] {
        nlohmann::json agents = nlohmann::json::array();
        for (const FoundAgent &agent : browser->agents())
            agents.push_back(toJson(agent));
        const nlohmann::json line{{"agents", agents},
                                  {"dns_sd", browser->state().dnsSd},
                                  {"dns_sd_trouble", browser->state().dnsSdTrouble}};
        if (line.dump() == last)
            return;
        last = line.dump();
        std::printf("%s\n", last.c_str());
        std::fflush(stdout);
    };
    AgentBrowser made(sources, print);
    browser = &made;
    return QCoreApplication::exec();
}

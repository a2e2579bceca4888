#include "console/cli/outcome.h"
#include "console/cli/provision/boot_plan.h"
#include "console/cli/provision/confirm.h"
#include "libfacetrack/base/json_text.h"

#include <cstdio>
#include <filesystem>

namespace facetrack::cli {

namespace {

const char *word(BootPlan::Act act)
{
    switch (act) {
    case BootPlan::Act::Write:
        return "new";
    case BootPlan::Act::Change:
        return "changed";
    case BootPlan::Act::Keep:
        return "unchanged";
    case BootPlan::Act::Remove:
        break;
    }
    return "removed";
}

const char *nameOf(BootForm form)
{
    return form == BootForm::CloudInit ? "cloud-init" : "custom.toml";
}

/// Everything, whether it is to be done or was done.
void show(const BootPlan &plan, const std::string &where, BootForm form)
{
    std::printf("%s: a Pi's boot partition that takes %s\n", where.c_str(), nameOf(form));
    for (const auto &step : plan.steps)
        std::printf("  %-9s  %s%s%s%s\n", word(step.act), step.file.path.c_str(), step.file.about.empty() ? "" : ": ",
                    step.file.about.c_str(), step.file.secret ? " (secret)" : "");
}

void tell(const BootPlan &plan, const ProvisionOptions &options, BootForm form, bool written)
{
    Json json{{"command", "provision"}, {"boot", options.boot}, {"form", nameOf(form)}, {"written", written},
              {"started", plan.started}, {"files", Json::array()}};
    for (const auto &step : plan.steps)
        json["files"].push_back({{"path", step.file.path}, {"state", word(step.act)}, {"about", step.file.about},
                                 {"secret", step.file.secret}});
    std::puts(jsonText(json).c_str());
}

void warnOfOtherMachines(const PackageSet &packages)
{
    std::string others;
    for (const DebFile &deb : packages.files) {
        if (deb.name != "facetrack-agentd")
            continue;
        if (deb.architecture == "arm64" || deb.architecture == "armhf")
            return;
        others += " " + deb.architecture;
    }
    if (!others.empty())
        std::fprintf(stderr, "facetrack: the agent's package is for%s, and Raspberry Pi OS is arm64 (or armhf)\n",
                     others.c_str());
}

Result<std::vector<BootFile>> filesFor(BootPlace &place, BootForm form, const ProvisionOptions &options)
{
    const auto pi = piSettings(options);
    if (!pi)
        return tl::unexpected(pi.error());
    auto agent = agentSettings(options, options.hostname);
    if (!agent)
        return tl::unexpected(agent.error());
    if (agent->packages.empty())
        return fail(ErrorCode::InvalidArgument, "--packages", "is missing: where does the Pi get facetrack from?",
                    "a folder of .debs, or https://… of an apt source");
    if (!options.relay.empty() && agent->token.empty())
        return fail(ErrorCode::InvalidArgument, "--token-file", "is missing: a relay takes nothing without a token",
                    "facetrack-agentd relay token --agent " + options.hostname + ", on the relay");
    warnOfOtherMachines(agent->packages);
    auto own = ownFiles(*agent);
    if (!own)
        return own;
    std::vector<BootFile> files;
    if (form == BootForm::CloudInit) {
        files = cloudInitFiles(*pi, *own);
    } else {
        const auto commandLine = place.read("cmdline.txt");
        if (!commandLine)
            return tl::unexpected(commandLine.error());
        files = customTomlFiles(*pi, commandLine->value_or(""));
    }
    files.insert(files.end(), std::make_move_iterator(own->begin()), std::make_move_iterator(own->end()));
    return files;
}

/// An image is no card yet.
std::string nextStep(const std::string &boot)
{
    if (std::filesystem::is_regular_file(boot))
        return "Write it to a card (sudo dd if=" + boot + " of=/dev/sdX bs=4M conv=fsync), put that into the Pi, and give it 5 to 10 minutes";
    return "Unmount the card, put it into the Pi, and give it 5 to 10 minutes";
}

int refuseHere(Error error, const std::string &where)
{
    if (error.where.empty())
        error.where = where;
    return refuse(error, error.code == ErrorCode::InvalidArgument ? ExitUsage : ExitRefused);
}

} // namespace

int provisionCard(const CommonOptions &common, const ProvisionOptions &options)
{
    const auto place = openBoot(options.boot);
    if (!place)
        return refuseHere(place.error(), options.boot);
    const auto form = bootForm(**place, options.form);
    if (!form)
        return refuseHere(form.error(), options.boot);
    auto files = filesFor(**place, *form, options);
    if (!files)
        return refuseHere(files.error(), options.boot);
    const auto plan = planBoot(**place, std::move(*files));
    if (!plan)
        return refuseHere(plan.error(), options.boot);
    if (!common.json)
        show(*plan, options.boot, *form);
    bool written = false;
    if (!plan->isDone() && !options.dryRun) {
        if (const auto agreed = confirm("Write this?", options.yes); !agreed)
            return agreed.error();
        if (auto done = carryOut(**place, *plan); !done)
            return refuseHere(done.error(), options.boot);
        written = true;
    }
    if (common.json)
        tell(*plan, options, *form, written);
    else if (plan->isDone())
        std::puts(plan->started ? "Nothing to do: the Pi has started with this already" : "Nothing to do: all is there");
    else
        std::puts(written ? ("Written. " + nextStep(options.boot)).c_str() : "Nothing was written");
    return 0;
}

} // namespace facetrack::cli

#include "console/cli/provision/boot_plan.h"

#include <algorithm>

namespace facetrack::cli {

namespace {

constexpr std::uintmax_t reserve = 4 * 1024 * 1024; ///< left free for the Pi's own updates

bool startsEverything(const BootFile &file)
{
    return file.path == "meta-data" || file.path == "cmdline.txt";
}

Result<BootPlan::Step> stepFor(BootPlace &place, BootFile file)
{
    const auto before = place.read(file.path);
    if (!before)
        return tl::unexpected(before.error());
    const auto act = !*before ? BootPlan::Act::Write : **before == file.bytes ? BootPlan::Act::Keep : BootPlan::Act::Change;
    return BootPlan::Step{act, std::move(file)};
}

/// Older packages, and what an earlier run was asked for and this one was not.
Result<void> addRemovals(BootPlace &place, BootPlan &plan, const std::string &folder)
{
    const auto names = place.list(folder);
    if (!names)
        return tl::unexpected(names.error());
    for (const std::string &name : *names) {
        const std::string path = folder + "/" + name;
        if (name.ends_with('/')) {
            if (auto deeper = addRemovals(place, plan, folder + "/" + name.substr(0, name.size() - 1)); !deeper)
                return deeper;
            continue;
        }
        const bool wanted = std::any_of(plan.steps.begin(), plan.steps.end(),
                                        [&](const BootPlan::Step &step) { return step.file.path == path; });
        if (!wanted && !(plan.started && path == resultPath))
            plan.steps.push_back({BootPlan::Act::Remove, {path, {}, "of an earlier run", false}});
    }
    return {};
}

bool has(const std::vector<std::string> &names, const char *name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

bool BootPlan::isDone() const
{
    return std::all_of(steps.begin(), steps.end(), [](const Step &step) { return step.act == Act::Keep; });
}

std::uintmax_t BootPlan::bytes() const
{
    std::uintmax_t sum = 0;
    for (const Step &step : steps)
        sum += step.act == Act::Write || step.act == Act::Change ? step.file.bytes.size() : 0;
    return sum;
}

Result<BootPlan> planBoot(BootPlace &place, std::vector<BootFile> files)
{
    BootPlan plan;
    for (BootFile &file : files) {
        auto step = stepFor(place, std::move(file));
        if (!step)
            return tl::unexpected(step.error());
        plan.steps.push_back(std::move(*step));
    }
    const auto started = place.read(resultPath);
    if (!started)
        return tl::unexpected(started.error());
    plan.started = started->has_value()
        && std::all_of(plan.steps.begin(), plan.steps.end(), [](const BootPlan::Step &step) {
               return step.act == BootPlan::Act::Keep || step.file.path == tokenPath;
           });
    if (plan.started)
        std::erase_if(plan.steps, [](const BootPlan::Step &step) { return step.act == BootPlan::Act::Write; });
    if (auto removals = addRemovals(place, plan, ownFolder); !removals)
        return tl::unexpected(removals.error());
    return plan;
}

Result<void> carryOut(BootPlace &place, const BootPlan &plan)
{
    const auto free = place.freeBytes();
    if (!free)
        return tl::unexpected(free.error());
    if (plan.bytes() + reserve > *free)
        return fail(ErrorCode::Full, {}, "the boot partition has too little room: " + sizeText(*free) + " free, "
                                             + sizeText(plan.bytes() + reserve) + " needed",
                    "name an apt source (--packages https://…) instead of a folder");
    for (const auto &step : plan.steps) {
        if (step.act != BootPlan::Act::Remove)
            continue;
        if (auto done = place.remove(step.file.path); !done)
            return done;
    }
    for (const bool last : {false, true}) {
        for (const auto &step : plan.steps) {
            const bool write = step.act == BootPlan::Act::Write || step.act == BootPlan::Act::Change;
            if (!write || startsEverything(step.file) != last)
                continue;
            if (auto done = place.write(step.file.path, step.file.bytes); !done)
                return done;
        }
    }
    return {};
}

Result<BootForm> bootForm(BootPlace &place, const std::string &asked)
{
    if (asked != "auto")
        return asked == "cloud-init" ? BootForm::CloudInit : BootForm::CustomToml;
    const auto names = place.list({});
    const auto commandLine = place.read("cmdline.txt");
    if (!names || !commandLine)
        return tl::unexpected(names ? commandLine.error() : names.error());
    if (has(*names, "user-data") || has(*names, "meta-data"))
        return BootForm::CloudInit;
    if (commandLine->value_or("").find("raspberrypi-sys-mods/firstboot") != std::string::npos)
        return BootForm::CustomToml;
    return fail(ErrorCode::Unsupported, {}, "this card's system would read no settings: it was started before, or is too old",
                "write Raspberry Pi OS (Bookworm of 2024, or newer) to the card anew; a Pi that runs is set up "
                "with --ssh; or say --form cloud-init or --form custom-toml");
}

} // namespace facetrack::cli

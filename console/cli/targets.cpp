#include "console/cli/targets.h"

#include "libfacetrack/base/text.h"

#include <algorithm>

namespace facetrack::cli {

namespace {

Target targetOf(const KnownAgent &agent)
{
    return {agent.name.empty() ? agent.id : agent.name, agent.id, agent.access(), false};
}

std::string namesOf(const KnownAgents &known)
{
    std::string names;
    for (const KnownAgent &agent : known.all())
        names += (names.empty() ? "" : ", ") + targetOf(agent).label;
    return names;
}

std::string nearest(const std::string &name, const KnownAgents &known)
{
    std::string best;
    std::size_t least = 3;
    for (const KnownAgent &agent : known.all()) {
        const std::string label = targetOf(agent).label;
        const std::size_t distance = editDistance(name.substr(0, 64), label.substr(0, 64));
        if (distance < least) {
            least = distance;
            best = label;
        }
    }
    return best;
}

bool looksLikeAddress(const std::string &text)
{
    return text == "localhost" || text.find_first_of(".:") != text.npos;
}

std::vector<std::string> items(const std::string &list)
{
    std::vector<std::string> found;
    for (std::size_t at = 0; at <= list.size();) {
        const std::size_t comma = std::min(list.find(',', at), list.size());
        std::string item = list.substr(at, comma - at);
        item.erase(0, item.find_first_not_of(' '));
        item.erase(item.find_last_not_of(' ') + 1);
        if (!item.empty())
            found.push_back(item);
        at = comma + 1;
    }
    return found;
}

std::vector<Target> allOf(const KnownAgents &known)
{
    std::vector<Target> targets;
    for (const KnownAgent &agent : known.all())
        targets.push_back(targetOf(agent));
    return targets;
}

} // namespace

Result<Target> targetFor(const std::string &name, const KnownAgents &known)
{
    if (const KnownAgent *agent = known.find(name))
        return targetOf(*agent);
    const bool ambiguous
        = std::any_of(known.all().begin(), known.all().end(),
                      [&](const KnownAgent &agent) { return agent.name == name; });
    if (ambiguous)
        return fail(ErrorCode::InvalidArgument, name, "several agents have this name",
                    "say which by id or address: facetrack list");
    if (!looksLikeAddress(name)) {
        const std::string meant = nearest(name, known);
        return fail(ErrorCode::NotFound, name, "is not among the known agents",
                    !meant.empty()        ? "did you mean " + meant + "?"
                    : known.all().empty() ? "none is known; for an address write " + name + ":7420"
                                          : "known: " + namesOf(known) + "; for an address write "
                                                + name + ":7420");
    }
    const auto url = agentUrl(name);
    if (!url)
        return tl::unexpected(url.error());
    if (const KnownAgent *agent = known.find(*url))
        return targetOf(*agent);
    const bool schemed = name.find("://") != name.npos;
    if (const KnownAgent *agent = schemed ? nullptr : known.find(withOtherScheme(*url)))
        return targetOf(*agent);
    return Target{name, {}, {*url, {}, {}}, !schemed};
}

Result<std::vector<Target>> targetsFor(const std::string &agents, const KnownAgents &known,
                                       WithoutAgents otherwise)
{
    if (agents.empty() || agents == "all") {
        if (known.all().empty())
            return std::vector<Target>{{"this machine", {}, {"https://127.0.0.1:7420", {}, {}}, true}};
        if (agents.empty() && otherwise == WithoutAgents::OnlyOne && known.all().size() > 1)
            return fail(ErrorCode::InvalidArgument, "--agents", "which agents is this for?",
                        "--agents all, or some of: " + namesOf(known));
        return allOf(known);
    }
    std::vector<Target> targets;
    for (const std::string &item : items(agents)) {
        auto target = targetFor(item, known);
        if (!target)
            return tl::unexpected(target.error());
        const auto same = [&](const Target &other) { return other.access.url == target->access.url; };
        if (std::none_of(targets.begin(), targets.end(), same))
            targets.push_back(std::move(*target));
    }
    if (targets.empty())
        return fail(ErrorCode::InvalidArgument, "--agents", "names nobody", "--agents a,b or --agents all");
    return targets;
}

} // namespace facetrack::cli

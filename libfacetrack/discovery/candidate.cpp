#include "libfacetrack/discovery/candidate.h"

#include <algorithm>
#include <tuple>

namespace facetrack {

namespace {

using namespace std::chrono_literals;

// With a probe's limit of 3 s, an agent that is gone is known to be so within 4 + 3 + 1 + 3 s.
constexpr auto Usual = 4'000ms;
constexpr auto SecondLook = 1'000ms;
constexpr auto LongestPause = 30'000ms;

bool isBetter(const Candidate &a, const Candidate &b)
{
    const auto rank = [](const Candidate &c) {
        return c.answers == true ? 3 : c.by.dnsSd ? 2 : c.by.saved ? 1 : 0;
    };
    return rank(a) > rank(b);
}

void takeText(std::string &into, const std::string &from)
{
    if (into.empty())
        into = from;
}

FoundAgent oneOf(std::vector<const Candidate *> places)
{
    std::stable_sort(places.begin(), places.end(),
                     [](const Candidate *a, const Candidate *b) { return isBetter(*a, *b); });
    FoundAgent agent;
    for (const Candidate *place : places) {
        agent.addresses.push_back(place->url);
        takeText(agent.id, place->id);
        takeText(agent.name, place->name);
        takeText(agent.role, place->role);
        takeText(agent.version, place->version);
        takeText(agent.fingerprint, place->fingerprint);
        agent.by.dnsSd |= place->by.dnsSd;
        agent.by.saved |= place->by.saved;
        agent.by.database |= place->by.database;
        agent.lastSeen = std::max(agent.lastSeen, place->lastSeen);
    }
    agent.address = places.front()->url;
    agent.answers = places.front()->answers;
    agent.trouble = places.front()->trouble;
    return agent;
}

} // namespace

void note(Candidate &candidate, const ProbeAnswer &answer, MonotonicTime now, UtcTime utc)
{
    candidate.asking = false;
    if (answer.answered) {
        candidate.id = answer.id;
        candidate.name = answer.name;
        candidate.role = answer.role;
        candidate.version = answer.version;
        candidate.fingerprint = answer.fingerprint;
        candidate.answers = true;
        candidate.lastSeen = utc;
        candidate.trouble.clear();
        candidate.failures = 0;
        candidate.pause = Usual;
    } else {
        ++candidate.failures;
        // On bad Wi-Fi one question may be lost.
        const bool lost = answer.surely || candidate.failures > 1 || candidate.answers != true;
        if (lost) {
            candidate.answers = false;
            candidate.trouble = answer.trouble;
        }
        candidate.pause = candidate.failures == 1 ? std::chrono::milliseconds(SecondLook)
                                                  : std::min(LongestPause, 2 * candidate.pause);
    }
    candidate.askAt = now + candidate.pause;
}

std::vector<FoundAgent> merged(const Candidates &candidates)
{
    std::map<std::string, std::vector<const Candidate *>> places;
    for (const auto &[url, candidate] : candidates)
        places[candidate.id.empty() ? '\n' + url : candidate.id].push_back(&candidate);
    std::vector<FoundAgent> agents;
    for (auto &[key, one] : places)
        agents.push_back(oneOf(std::move(one)));
    std::sort(agents.begin(), agents.end(), [](const FoundAgent &a, const FoundAgent &b) {
        return std::tuple(a.name.empty(), a.name, a.id, a.address)
               < std::tuple(b.name.empty(), b.name, b.id, b.address);
    });
    return agents;
}

} // namespace facetrack

// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_plans.h"

#include <algorithm>
#include <cmath>

#include "libfacetrack/capture/booth_random.h"

namespace facetrack::booth {

namespace {

constexpr double kTurn = 30;  ///< seconds from one person of a slot to the next, on average
constexpr double kJitter = 7; ///< seconds the change may be off either way

/// Ways through the room that a person thinks of; fewer in a crowd, where each is more to compare
/// and none is good.
std::uint64_t triesOf(int people)
{
    return std::min<std::uint64_t>(600, 4800 / static_cast<std::uint64_t>(people));
}

float square(float v) { return v * v; }

/// By how much two people are too close, over all the moments that both are there; stops to add up
/// beyond `enough`.
float offence(const Plan &one, const Plan &other, float enough)
{
    const std::int64_t from = std::max(one.firstTick, other.firstTick);
    const std::int64_t to =
        std::min(one.firstTick + static_cast<std::int64_t>(one.places.size()),
                 other.firstTick + static_cast<std::int64_t>(other.places.size()));
    float sum = 0;
    for (std::int64_t tick = from; tick < to && sum < enough; ++tick) {
        const FloorPoint a = one.places[static_cast<std::size_t>(tick - one.firstTick)];
        const FloorPoint b = other.places[static_cast<std::size_t>(tick - other.firstTick)];
        const float apart = square(a.x - b.x) + square(a.z - b.z);
        if (apart < square(Plans::kApart))
            sum += square(Plans::kApart - std::sqrt(apart));
    }
    return sum;
}

void walkThrough(Plan &plan)
{
    const auto first = static_cast<std::int64_t>(std::ceil(plan.begin * Plans::kTicks));
    const auto last = static_cast<std::int64_t>(std::floor(plan.end * Plans::kTicks));
    plan.firstTick = first;
    plan.places.clear();
    for (std::int64_t tick = first; tick <= last; ++tick)
        plan.places.push_back(plan.walk.placeAt(
            static_cast<float>(static_cast<double>(tick) / Plans::kTicks - plan.begin)));
}

} // namespace

/// When generation `g` of a slot comes in; the one before leaves then. Generation 0 is there from
/// the start.
double Plans::arrival(int slot, std::uint64_t generation) const
{
    const auto s = static_cast<std::uint64_t>(slot);
    const double offset = 0.25 + 0.5 * static_cast<double>(unit(hash(m_seed, 40, s)));
    const double jitter =
        (2 * static_cast<double>(unit(hash(m_seed ^ mix(41), s, generation))) - 1) * kJitter;
    return (static_cast<double>(generation) - offset) * kTurn + jitter;
}

std::uint64_t Plans::generationAt(int slot, double seconds) const
{
    auto g = static_cast<std::uint64_t>(seconds / kTurn) + 2;
    while (g > 0 && arrival(slot, g) > seconds)
        --g;
    return g;
}

std::uint64_t Plans::seedOf(int slot, std::uint64_t generation) const
{
    return hash(m_seed, static_cast<std::uint64_t>(slot), generation);
}

const Plan &Plans::plan(int slot, std::uint64_t generation)
{
    const Key key{generation, slot};
    if (const auto known = m_plans.find(key); known != m_plans.end())
        return known->second;
    Plan made = make(slot, generation);
    return m_plans.emplace(key, std::move(made)).first->second;
}

std::vector<const Plan *> Plans::mindedBy(int slot, std::uint64_t generation)
{
    std::vector<const Plan *> minded;
    const auto mind = [&](std::uint64_t g, int slots) {
        for (int s = 0; s < slots; ++s)
            minded.push_back(&plan(s, g));
    };
    if (generation % 2 != 0) {
        mind(generation - 1, m_people);
        mind(generation + 1, m_people);
    }
    mind(generation, slot);
    return minded;
}

Plan Plans::make(int slot, std::uint64_t generation)
{
    const std::vector<const Plan *> minded = mindedBy(slot, generation);
    const double begin = arrival(slot, generation);
    const double end = arrival(slot, generation + 1);
    const std::uint64_t seed = seedOf(slot, generation);
    const auto attempt = [&](std::uint64_t number) {
        Plan plan{begin, end,
                  Walk(hash(seed, 12, number), static_cast<float>(end - begin), m_floor), 0, {}};
        walkThrough(plan);
        return plan;
    };
    const auto offenceOf = [&](const Plan &plan, float enough) {
        float sum = 0;
        for (const Plan *other : minded)
            sum += sum < enough ? offence(plan, *other, enough - sum) : 0;
        return sum;
    };
    Plan best = attempt(0);
    float least = offenceOf(best, 1e9F);
    for (std::uint64_t number = 1; number < triesOf(m_people) && least > 0; ++number) {
        Plan plan = attempt(number);
        if (const float sum = offenceOf(plan, least); sum < least) {
            least = sum;
            best = std::move(plan);
        }
    }
    return best;
}

void Plans::forgetBeyond(std::uint64_t generation, std::uint64_t generations)
{
    std::erase_if(m_plans, [&](const auto &known) {
        const std::uint64_t g = known.first.first;
        return g > generation + generations || g + generations < generation;
    });
}

std::size_t Plans::bytes() const
{
    std::size_t sum = 0;
    for (const auto &[key, plan] : m_plans)
        sum += sizeof(Plan) + plan.places.size() * sizeof(FloorPoint);
    return sum;
}

} // namespace facetrack::booth

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "libfacetrack/capture/booth_walk.h"

/// \file
/// Who comes when, and which way, so that nobody walks through anybody.

namespace facetrack::booth {

/// One person's whole visit.
struct Plan
{
    double begin = 0; ///< seconds of scene time, out of sight still
    double end = 0;   ///< and out of sight again
    Walk walk;
    std::int64_t firstTick = 0;     ///< of `places`, counted from the start of the scene
    std::vector<FloorPoint> places; ///< where the person is at each tick
};

/// The visits of a booth. Each of `people` slots holds one person after another, its *generations*.
///
/// People keep their distance: of many ways through the room, each with its times and stops, a
/// visit takes the first one that comes within kApart of nobody who was planned before, or else the
/// one that offends least. Who minds whom is settled so that any moment can be asked for without
/// going through the earlier ones: the even generations plan first, slot by slot, and then the odd
/// ones, who mind the generations before and after theirs too. (Of two generations apart, nobody
/// meets.)
class Plans
{
public:
    static constexpr float kApart = 0.7F; ///< metres from middle to middle
    static constexpr int kTicks = 10;     ///< moments in a second at which distances are kept

    Plans(std::uint64_t seed, int people, const Floor &floor)
        : m_seed(seed), m_people(people), m_floor(floor)
    {
    }

    /// Who is in the slot at that moment.
    std::uint64_t generationAt(int slot, double seconds) const;
    const Plan &plan(int slot, std::uint64_t generation);
    /// Forgets plans that are more than `generations` away from this one.
    void forgetBeyond(std::uint64_t generation, std::uint64_t generations);
    /// What makes a person of theirs.
    std::uint64_t seedOf(int slot, std::uint64_t generation) const;

    std::size_t bytes() const;

private:
    using Key = std::pair<std::uint64_t, int>; ///< generation, slot

    double arrival(int slot, std::uint64_t generation) const;
    Plan make(int slot, std::uint64_t generation);
    std::vector<const Plan *> mindedBy(int slot, std::uint64_t generation);

    std::uint64_t m_seed;
    int m_people;
    Floor m_floor;
    std::map<Key, Plan> m_plans;
};

} // namespace facetrack::booth

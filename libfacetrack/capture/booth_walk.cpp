// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_walk.h"

#include <algorithm>
#include <cmath>

#include "libfacetrack/capture/booth_random.h"

namespace facetrack::booth {

namespace {

constexpr float kPi = 3.14159265F;
constexpr float kTurnAway = 1.45F; ///< radians, when somebody looks elsewhere for a moment
constexpr float kProfile = 1.5F;   ///< radians
constexpr float kLookDown = 0.54F; ///< radians, at a leaflet or a phone
constexpr float kCock = 0.3F;      ///< tilt of a head held aslant
constexpr float kGather = 0.7F;    ///< seconds to reach walking speed, or to stop

constexpr float kNearest = 1.08F; ///< metres

/// kNearest * growth(0..1) runs from near to 5.5 times as far, evenly in its logarithm (within 3 %,
/// without libm).
float growth(float share)
{
    const float x = share * 0.8525F; // exp(x) twice squared by its series
    const float e = 1 + x * 0.5F * (1 + x * 0.25F * (1 + x / 6 * (1 + x * 0.125F)));
    return e * e * e * e;
}

/// Distance gone after `t` seconds at speed 1 when the speed rises smoothly over kGather.
float gathered(float t)
{
    const float x = std::clamp(t / kGather, 0.0F, 1.0F);
    return kGather * (x * x * x - 0.5F * x * x * x * x) + std::max(0.0F, t - kGather);
}

/// Share of a leg gone after `t` of `duration` seconds.
float progress(float t, float duration, bool fromRest, bool toRest)
{
    const auto gone = [=](float s) {
        const float started = fromRest ? gathered(s) : s;
        // Braking is gathering speed backwards: what it loses against full speed, seen from the
        // end.
        const float left = std::max(0.0F, kGather - (duration - s));
        const float lost = toRest ? left - (gathered(kGather) - gathered(kGather - left)) : 0.0F;
        return started - lost;
    };
    return gone(t) / gone(duration);
}

FloorPoint bezier(FloorPoint a, FloorPoint b, FloorPoint c, float t)
{
    const float s = 1 - t;
    return {s * s * a.x + 2 * s * t * b.x + t * t * c.x,
            s * s * a.z + 2 * s * t * b.z + t * t * c.z};
}

float headingOf(float dx, float dz)
{
    const float length = std::sqrt(dx * dx + dz * dz);
    if (length < 1e-5F)
        return 0;
    const auto side = static_cast<float>(arcsine(static_cast<double>(dx / length)));
    if (dz <= 0)
        return side;
    return dx < 0 ? -kPi - side : kPi - side;
}

} // namespace

Walk::Walk(std::uint64_t seed, float seconds, const Floor &floor)
    : m_seed(seed), m_seconds(seconds), m_floor(floor)
{
    Random random(hash(seed, 0x77616c6bULL));
    // Face sizes spread evenly over their logarithm, so that far faces are as common as near ones.
    float z = kNearest * growth(random.between(0, 1));
    const int stops = 1 + random.pick(3);
    FloorPoint here = enter(gate(random.next(), z));
    bool rest = false;
    for (int i = 0; i < stops; ++i) {
        const float half = m_floor.halfWidth * z * 0.74F;
        FloorPoint stop{random.between(-half, half), z};
        // A stop next to the last one would be no walk.
        if (i > 0 && std::fabs(stop.x - here.x) < 0.25F * half)
            stop.x = here.x > 0 ? here.x - half * 0.7F : here.x + half * 0.7F;
        const float bend = random.between(-0.25F, 0.25F);
        FloorPoint by{0.5F * (here.x + stop.x), 0.5F * (here.z + stop.z) + bend};
        if (i == 0 && !m_legs.empty()) // straight on out of the door
            by = {here.x, 0.6F * here.z + 0.4F * stop.z};
        m_legs.push_back({0, 0, here, by, stop, rest, true});
        here = stop;
        rest = true;
        z = std::clamp(z * random.between(0.8F, 1.12F), 1.05F, 5.8F);
    }
    leave(here, gate(random.next(), here.z));
    keepTime(seconds);
}

Walk::Gate Walk::gate(std::uint64_t choice, float near) const
{
    const float chance = unit(choice);
    const float z = std::clamp(near * (0.85F + 0.5F * unit(mix(choice))), 1.3F, 5.5F);
    if (chance < 0.24F) {
        // Behind the wall, on the side of the opening which the camera does not look into.
        const float aside = m_floor.doorX > 0 ? -1.0F : 1.0F;
        return {{m_floor.doorX + aside, m_floor.wallZ + 0.7F}, true};
    }
    const float side = chance < 0.62F ? -1.0F : 1.0F;
    return {{side * (m_floor.halfWidth * z + 0.5F), z}, false};
}

FloorPoint Walk::enter(const Gate &gate)
{
    if (!gate.isDoor)
        return gate.at;
    const FloorPoint turn{m_floor.doorX, gate.at.z};
    const FloorPoint through{m_floor.doorX, m_floor.wallZ - 0.3F};
    m_legs.push_back({0, 0, gate.at, turn, through, false, false});
    return through;
}

void Walk::leave(FloorPoint here, const Gate &gate)
{
    m_exit = m_legs.size();
    if (!gate.isDoor) {
        const FloorPoint by{0.5F * (here.x + gate.at.x), 0.5F * (here.z + gate.at.z)};
        m_legs.push_back({0, 0, here, by, gate.at, true, false});
        return;
    }
    const FloorPoint through{m_floor.doorX, m_floor.wallZ - 0.3F};
    const FloorPoint before{m_floor.doorX, 0.6F * through.z + 0.4F * here.z};
    const FloorPoint turn{m_floor.doorX, gate.at.z};
    m_legs.push_back({0, 0, here, before, through, true, false});
    m_legs.push_back({0, 0, through, turn, gate.at, false, false});
}

void Walk::Leg::measure()
{
    FloorPoint last = from;
    for (std::size_t i = 1; i < gone.size(); ++i) {
        const float u = static_cast<float>(i) / static_cast<float>(gone.size() - 1);
        const FloorPoint p = bezier(from, by, to, u);
        const float dx = p.x - last.x;
        const float dz = p.z - last.z;
        gone[i] = gone[i - 1] + std::sqrt(dx * dx + dz * dz);
        last = p;
    }
}

float Walk::Leg::parameterAt(float share) const
{
    const float metres = share * length();
    std::size_t i = 1;
    while (i + 1 < gone.size() && gone[i] < metres)
        ++i;
    const float step = gone[i] - gone[i - 1];
    const float within = step > 0 ? (metres - gone[i - 1]) / step : 0.0F;
    return (static_cast<float>(i - 1) + within) / static_cast<float>(gone.size() - 1);
}

void Walk::keepTime(float seconds)
{
    float total = 0;
    for (Leg &leg : m_legs) {
        leg.measure();
        total += leg.length();
    }
    // The usual pace, quicker only when the visit is short; what is left goes to the stops.
    float easing = 0;
    float weights = 0;
    for (std::size_t i = 0; i < m_legs.size(); ++i) {
        easing += kGather * 0.5F *
                  ((m_legs[i].fromRest ? 1.0F : 0.0F) + (m_legs[i].toRest ? 1.0F : 0.0F));
        weights += m_legs[i].toRest ? 0.4F + unit(hash(m_seed, 4, i)) : 0.0F;
    }
    const float pace = std::max(0.62F + 0.4F * unit(hash(m_seed, 3)),
                                total / std::max(2.0F, seconds * 0.6F - easing));
    const float pauses = seconds - total / pace - easing;
    float clock = 0;
    for (std::size_t i = 0; i < m_legs.size(); ++i) {
        Leg &leg = m_legs[i];
        leg.begin = clock;
        clock += leg.length() / pace +
                 kGather * 0.5F * ((leg.fromRest ? 1.0F : 0.0F) + (leg.toRest ? 1.0F : 0.0F));
        leg.end = clock;
        if (leg.toRest)
            clock += pauses * (0.4F + unit(hash(m_seed, 4, i))) / weights;
    }
}

float Walk::gesture(std::uint64_t which, float seconds, float every, float share) const
{
    const auto slice = static_cast<std::uint64_t>(std::max(0.0F, seconds) / every);
    Random random(hash(m_seed, which, slice));
    if (!random.chance(share))
        return 0;
    constexpr float kMove = 0.35F; // seconds to go there, and to come back
    const float middle = (static_cast<float>(slice) + random.between(0.35F, 0.65F)) * every;
    const float half = random.between(0.3F, 0.8F);
    const float size = random.between(0.86F, 1.0F) * (random.chance(0.5F) ? 1.0F : -1.0F);
    return size * ramp(middle - half - kMove, middle - half, seconds) *
           (1 - ramp(middle + half, middle + half + kMove, seconds));
}

void Walk::turnHead(Pose &pose, float seconds, float heading, float walking, float leaving) const
{
    const auto drift = [&](std::uint64_t which, float period) {
        return static_cast<float>(
            wave(static_cast<double>(seconds / period + unit(hash(m_seed, 6, which)))));
    };
    // People keep an eye on the booth while they pass it, and look where they go when they turn
    // their back on it.
    const float size = std::fabs(heading);
    const float follow = std::max(leaving, ramp(1.75F, 2.2F, size));
    // Nobody walks out with half an eye on the booth: a leaving head is at least in profile.
    const float ahead =
        leaving > 0 ? (heading < 0 ? -1.0F : 1.0F) * std::max(size, kProfile) : heading;
    const float glance = std::clamp(heading * 0.15F, -0.2F, 0.2F);
    const float base = walking * (glance + (ahead - glance) * follow);
    const float calm = 1 - std::fabs(follow * walking);
    pose.headYaw = base + calm * (0.09F * drift(1, 5.3F) + 0.07F * drift(2, 2.9F) +
                                  kTurnAway * gesture(5, seconds, 6.5F, 0.6F));
    pose.headPitch =
        kLookDown * std::fabs(gesture(8, seconds, 8.0F, 0.65F)) + 0.05F * drift(5, 6.1F);
    pose.tilt =
        0.045F * drift(3, 4.1F) + 0.03F * drift(4, 7.7F) + kCock * gesture(7, seconds, 4.9F, 0.5F);
}

Walk::Moment Walk::momentAt(float seconds) const
{
    Moment moment;
    while (moment.leg + 1 < m_legs.size() && seconds >= m_legs[moment.leg + 1].begin)
        ++moment.leg;
    const Leg &leg = m_legs[moment.leg];
    const float duration = leg.end - leg.begin;
    moment.since = std::min(seconds - leg.begin, duration);
    moment.share =
        std::clamp(progress(moment.since, duration, leg.fromRest, leg.toRest), 0.0F, 1.0F);
    moment.u = leg.parameterAt(moment.share);
    return moment;
}

FloorPoint Walk::placeAt(float seconds) const
{
    const Moment moment = momentAt(std::clamp(seconds, 0.0F, m_seconds));
    const Leg &leg = m_legs[moment.leg];
    return bezier(leg.from, leg.by, leg.to, moment.u);
}

Pose Walk::at(float seconds) const
{
    const float t = std::clamp(seconds, 0.0F, m_seconds);
    const auto [i, since, share, u] = momentAt(t);
    const Leg &leg = m_legs[i];
    const float duration = leg.end - leg.begin;

    Pose pose;
    pose.at = bezier(leg.from, leg.by, leg.to, u);
    const float dx = 2 * (1 - u) * (leg.by.x - leg.from.x) + 2 * u * (leg.to.x - leg.by.x);
    const float dz = 2 * (1 - u) * (leg.by.z - leg.from.z) + 2 * u * (leg.to.z - leg.by.z);
    const float heading = headingOf(dx, dz);
    const float starting = leg.fromRest ? ramp(0.0F, kGather, since) : 1.0F;
    const float stopping =
        leg.toRest ? 1 - ramp(duration - kGather, duration, t - leg.begin) : 1.0F;
    const float walking = starting * stopping;

    const float steps = share * leg.length() / 1.35F; // two steps to a cycle
    pose.stride = walking * static_cast<float>(wave(static_cast<double>(steps)));
    pose.lift = 0.018F * walking * static_cast<float>(wave(static_cast<double>(2 * steps)));
    pose.bodyYaw = heading * walking;
    const float leaving = i >= m_exit ? ramp(1.0F, 1.5F, t - m_legs[m_exit].begin) : 0.0F;
    turnHead(pose, t, heading, walking, leaving);
    return pose;
}

} // namespace facetrack::booth

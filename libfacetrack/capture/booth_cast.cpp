// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_cast.h"

#include <algorithm>
#include <cmath>

namespace facetrack::booth {

namespace {

float lightAt(std::uint64_t seed, FloorPoint p)
{
    return 0.93F + 0.08F * smoothNoise(seed ^ 0x4c, p.x * 0.8F + 50, p.z * 0.8F);
}

Actor actorOf(const BoothOptions &options, const Room &room, Plans &plans, int slot,
              double seconds)
{
    const std::uint64_t g = plans.generationAt(slot, seconds);
    const Plan &plan = plans.plan(slot, g);
    Actor actor;
    actor.slot = slot;
    actor.id = static_cast<std::uint32_t>(g * static_cast<std::uint64_t>(options.people) +
                                          static_cast<std::uint64_t>(slot) + 1);
    actor.seed = plans.seedOf(slot, g);
    actor.look = makeLook(actor.seed);
    const Pose pose = plan.walk.at(static_cast<float>(seconds - plan.begin));
    actor.at = pose.at;

    const Camera &camera = room.camera();
    PersonPlacement &p = actor.placement;
    p.metre = camera.focal / pose.at.z;
    p.bodyYaw = pose.bodyYaw;
    p.stride = pose.stride;
    p.head.x = camera.x(pose.at.x, pose.at.z);
    p.head.y = camera.y(actor.look.height - 0.12F + pose.lift, pose.at.z);
    p.head.scale = actor.look.headHalf * p.metre;
    p.head.yaw = pose.headYaw;
    p.head.pitch = pose.headPitch;
    p.head.shear = pose.tilt;
    p.head.light = static_cast<int>(256 * lightAt(options.seed, pose.at));
    return actor;
}

struct Box
{
    float x, y, size;
};

/// Where the cascade sees the face, measured on this scene's own heads.
Box faceBox(const HeadPlacement &head)
{
    const float size = 2.34F * head.scale;
    const float ahead = 0.8F * static_cast<float>(sine(static_cast<double>(head.yaw)));
    const float nod = 0.8F * static_cast<float>(sine(static_cast<double>(head.pitch)));
    return {head.x + ahead * head.scale - size / 2, head.y + (0.18F + nod) * head.scale - size / 2,
            size};
}

bool covers(const Actor &actor, float x, float y)
{
    const HeadPlacement &head = actor.placement.head;
    const float dx = (x - head.x) / head.scale;
    const float dy = (y - head.y) / head.scale;
    if (dy > headTop(actor.look) && dy < 1.4F && std::fabs(dx) < headOutline(actor.look, dy))
        return true;
    const bool maned = actor.look.hair == Hair::Long || actor.look.hair == Hair::Bob;
    if (maned && dy > -0.5F && dy < 1.4F && std::fabs(dx) < 1.15F)
        return true;
    const float metre = actor.placement.metre;
    const float below = (y - head.y) / metre - shoulderDrop(actor.look);
    if (below < 0)
        return false;
    const float half = shoulderHalf(actor.look, actor.placement.bodyYaw);
    return std::fabs(x - head.x) / metre < half * (below < 0.06F ? 0.4F + below * 10 : 1.0F) &&
           below < 1.3F;
}

bool seen(const Room &room, const std::vector<Actor> &actors, std::size_t self, float x, float y)
{
    for (std::size_t i = self + 1; i < actors.size(); ++i)
        if (covers(actors[i], x, y))
            return false;
    return std::none_of(
        room.occluders().begin(), room.occluders().end(), [&](const Room::Occluder &o) {
            return o.z < actors[self].at.z && o.hides(static_cast<int>(x), static_cast<int>(y));
        });
}

float visibleShare(const BoothOptions &options, const Room &room, const std::vector<Actor> &actors,
                   std::size_t self, const Box &box)
{
    constexpr int kGrid = 9;
    int all = 0;
    int open = 0;
    for (int j = 0; j < kGrid; ++j)
        for (int i = 0; i < kGrid; ++i) {
            const float u = (static_cast<float>(i) + 0.5F) / kGrid;
            const float v = (static_cast<float>(j) + 0.5F) / kGrid;
            if ((u - 0.5F) * (u - 0.5F) + (v - 0.5F) * (v - 0.5F) >
                0.26F) // the box's corners are not face
                continue;
            ++all;
            const float x = box.x + u * box.size;
            const float y = box.y + v * box.size;
            const bool inside = x >= 0 && y >= 0 && x < static_cast<float>(options.width) &&
                                y < static_cast<float>(options.height);
            open += inside && seen(room, actors, self, x, y);
        }
    return static_cast<float>(open) / static_cast<float>(all);
}

} // namespace

std::vector<Actor> Cast::at(double seconds)
{
    std::vector<Actor> actors;
    for (int slot = 0; slot < m_options.people; ++slot)
        actors.push_back(actorOf(m_options, m_room, m_plans, slot, seconds));
    if (!actors.empty()) // who is here minds the generations before and after
        m_plans.forgetBeyond(m_plans.generationAt(0, seconds), 3);
    std::stable_sort(actors.begin(), actors.end(),
                     [](const Actor &a, const Actor &b) { return a.at.z > b.at.z; });
    return actors;
}

std::vector<BoothTruth> facesOf(const BoothOptions &options, const Room &room,
                                const std::vector<Actor> &actors)
{
    const auto width = static_cast<float>(options.width);
    const auto height = static_cast<float>(options.height);
    const float smallest = BoothScene::kSmallestFace * room.camera().focal / 0.92F;
    std::vector<BoothTruth> faces;
    for (std::size_t i = 0; i < actors.size(); ++i) {
        const HeadPlacement &head = actors[i].placement.head;
        const Box box = faceBox(head);
        if (std::fabs(head.yaw) > BoothScene::kFrontalYaw || box.size < smallest)
            continue;
        const float visible = visibleShare(options, room, actors, i, box);
        if (visible < BoothScene::kVisibleShare)
            continue;
        const float x0 = std::clamp(box.x / width, 0.0F, 1.0F);
        const float y0 = std::clamp(box.y / height, 0.0F, 1.0F);
        const float x1 = std::clamp((box.x + box.size) / width, 0.0F, 1.0F);
        const float y1 = std::clamp((box.y + box.size) / height, 0.0F, 1.0F);
        faces.push_back({actors[i].id, x0, y0, x1 - x0, y1 - y0, visible});
    }
    return faces;
}

std::vector<BoothPerson> peopleOf(const BoothOptions &options, const Room &room,
                                  const std::vector<Actor> &actors)
{
    std::vector<BoothPerson> people;
    for (std::size_t i = 0; i < actors.size(); ++i) {
        const Actor &actor = actors[i];
        const Box box = faceBox(actor.placement.head);
        const auto width = static_cast<float>(options.width);
        const auto height = static_cast<float>(options.height);
        const bool inside = box.x >= 0 && box.x + box.size <= width;
        people.push_back({actor.id, actor.at.x, actor.at.z, actor.placement.head.yaw, inside,
                          visibleShare(options, room, actors, i, box),
                          {box.x / width, box.y / height, box.size / width, box.size / height}});
    }
    return people;
}

} // namespace facetrack::booth

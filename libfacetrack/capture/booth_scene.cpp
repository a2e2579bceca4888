// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_scene.h"

#include <algorithm>

#include "libfacetrack/capture/booth_cast.h"
#include "libfacetrack/capture/booth_light.h"

namespace facetrack {

using namespace booth;

constexpr float kReach = 0.75F; ///< metres: nobody is wider to either side, at any stride

class BoothScene::Private
{
public:
    explicit Private(const BoothOptions &o)
        : options(o), room(o.seed, o.width, o.height), sensor(o.seed, o.width, o.height),
          cast(options, room), sprites(static_cast<std::size_t>(o.people))
    {
    }

    double secondsOf(std::uint64_t index) const { return static_cast<double>(index) / options.fps; }

    const Person &spritesOf(const Actor &actor)
    {
        // One person per slot is enough: a slot's next person comes when the last has left.
        Entry &entry = sprites[static_cast<std::size_t>(actor.slot)];
        if (!entry.person || entry.id != actor.id) {
            const float detail = std::clamp(room.camera().focal / 1001, 0.3F, 2.0F);
            entry.person = std::make_unique<Person>(actor.look, detail);
            entry.id = actor.id;
        }
        return *entry.person;
    }

    /// Puts a thing in front of the first `count` actors, where there are any.
    void cover(const Planes &planes, const Room::Occluder &thing, const std::vector<Actor> &actors,
               std::size_t count) const
    {
        int from = options.width;
        int to = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const PersonPlacement &p = actors[i].placement;
            const float reach = kReach * p.metre;
            from = std::min(from, static_cast<int>(p.head.x - reach));
            to = std::max(to, static_cast<int>(p.head.x + reach) + 1);
        }
        room.drawOccluder(planes, thing, from, to);
    }

    struct Entry
    {
        std::uint32_t id = 0;
        std::unique_ptr<Person> person;
    };

    BoothOptions options;
    Room room;
    Sensor sensor;
    Cast cast;
    std::vector<Entry> sprites;
};

namespace {

BoothOptions sane(BoothOptions o)
{
    o.people = std::clamp(o.people, 0, 64);
    o.width = std::clamp(o.width, 16, 8192);
    o.height = std::clamp(o.height, 16, 8192);
    if (!(o.fps > 0))
        o.fps = 30;
    return o;
}

} // namespace

BoothScene::BoothScene(BoothOptions options) : d(std::make_unique<Private>(sane(options))) {}
BoothScene::~BoothScene() = default;
BoothScene::BoothScene(BoothScene &&) noexcept = default;
BoothScene &BoothScene::operator=(BoothScene &&) noexcept = default;

const BoothOptions &BoothScene::options() const { return d->options; }

void BoothScene::render(std::uint64_t index, std::uint8_t *y, int yStride, std::uint8_t *u,
                        int uStride, std::uint8_t *v, int vStride)
{
    const Planes planes{y, yStride, u, uStride, v, vStride, d->options.width, d->options.height};
    const double seconds = d->secondsOf(index);
    d->room.drawBackground(planes);
    Planes stage = planes;
    stage.height = d->room.stageBottom();
    const std::vector<Room::Occluder> &things = d->room.occluders();
    const std::vector<Actor> actors = d->cast.at(seconds);
    std::size_t drawn = 0;
    const auto drawFarther = [&](float than) {
        for (; drawn < actors.size() && actors[drawn].at.z > than; ++drawn)
            d->spritesOf(actors[drawn]).draw(stage, actors[drawn].placement);
    };
    for (const Room::Occluder &thing : things) {
        drawFarther(thing.z);
        d->cover(planes, thing, actors, drawn);
    }
    drawFarther(0);
    d->sensor.expose(planes, index, seconds);
}

std::vector<BoothTruth> BoothScene::truth(std::uint64_t index) const
{
    return facesOf(d->options, d->room, d->cast.at(d->secondsOf(index)));
}

std::vector<BoothPerson> BoothScene::people(std::uint64_t index) const
{
    return peopleOf(d->options, d->room, d->cast.at(d->secondsOf(index)));
}

std::size_t BoothScene::cachedBytes() const
{
    std::size_t sum = d->room.bytes() + d->sensor.bytes() + d->cast.bytes();
    for (const Private::Entry &entry : d->sprites)
        sum += entry.person ? entry.person->bytes() : 0;
    return sum;
}

} // namespace facetrack

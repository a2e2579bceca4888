// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "libfacetrack/capture/booth_body.h"
#include "libfacetrack/capture/booth_plans.h"
#include "libfacetrack/capture/booth_room.h"
#include "libfacetrack/capture/booth_scene.h"

namespace facetrack::booth {

/// A person at one moment, where the camera sees them.
struct Actor
{
    std::uint32_t id = 0;
    std::uint64_t seed = 0;
    int slot = 0;
    Look look;
    FloorPoint at; ///< the camera is at z = 0
    PersonPlacement placement;
};

/// All the people that ever come into the scene.
class Cast
{
public:
    Cast(const BoothOptions &options, const Room &room)
        : m_options(options), m_room(room), m_plans(options.seed, options.people, room.floor())
    {
    }

    /// Everybody who is in the scene at `seconds`, from far to near.
    std::vector<Actor> at(double seconds);
    std::size_t bytes() const { return m_plans.bytes(); }

private:
    const BoothOptions &m_options;
    const Room &m_room;
    Plans m_plans;
};

/// The faces which BoothScene::truth() lists.
std::vector<BoothTruth> facesOf(const BoothOptions &options, const Room &room,
                                const std::vector<Actor> &actors);

/// What BoothScene::people() lists.
std::vector<BoothPerson> peopleOf(const BoothOptions &options, const Room &room,
                                  const std::vector<Actor> &actors);

} // namespace facetrack::booth

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "libfacetrack/capture/booth_body.h"
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
    float z = 1;
    PersonPlacement placement;
};

/// Everybody who is in the scene at `seconds`, from far to near. Each of `options.people` slots
/// holds one person after another, whose visits are found without looking at the earlier ones.
std::vector<Actor> actorsAt(const BoothOptions &options, const Room &room, double seconds);

/// The faces which BoothScene::truth() lists.
std::vector<BoothTruth> facesOf(const BoothOptions &options, const Room &room,
                                const std::vector<Actor> &actors);

} // namespace facetrack::booth

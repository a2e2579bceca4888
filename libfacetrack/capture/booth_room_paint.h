// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "libfacetrack/capture/booth_room.h"

/// \file
/// The painting of the room's parts, in frame pixels.

namespace facetrack::booth {

/// What the painters share: canvas pixels are placed by the camera, `p` is a pixel of a 1088 wide
/// frame.
struct Decor
{
    const Camera &camera;
    const Floor &floor;
    std::uint64_t seed;
    float width;
    float height;
    float p;
};

constexpr float kDoorHalf = 0.62F; ///< metres
constexpr float kDoorTall = 2.15F;

void paintShell(Canvas &c, const Decor &d);
void paintWallThings(Canvas &c, const Decor &d);
void paintDoor(Canvas &c, const Decor &d);
void paintLamps(Canvas &c, const Decor &d);

/// Furniture that people walk behind; each paints on a clear canvas and tells its distance in
/// metres.
float paintPlant(Canvas &c, const Decor &d, float side);
float paintDisplay(Canvas &c, const Decor &d, float side);
float paintCounter(Canvas &c, const Decor &d);

} // namespace facetrack::booth

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "libfacetrack/capture/booth_face.h"
#include "libfacetrack/capture/booth_look.h"
#include "libfacetrack/capture/booth_sprite.h"

/// \file
/// A whole person as a puppet of a few sprites, in metres.

namespace facetrack::booth {

struct PersonPlacement
{
    HeadPlacement head;
    float metre = 100; ///< frame pixels per metre at the person's distance
    float bodyYaw = 0; ///< radians, see Pose
    float stride = 0;  ///< -1..1
};

/// Metres from the point between the eyes down to the shoulders.
float shoulderDrop(const Look &look);
/// Half the width of shoulders and arms, in metres, as turned by `bodyYaw`.
float shoulderHalf(const Look &look, float bodyYaw);

class Person
{
public:
    /// `detail`: 1 for pictures of about 1088x720.
    Person(const Look &look, float detail);

    void draw(const Planes &planes, const PersonPlacement &at) const;
    const Look &look() const { return m_look; }
    std::size_t bytes() const;

private:
    Look m_look;
    Head m_head;
    Sprite m_front;
    Sprite m_back;
    Sprite m_arm;
    Sprite m_leg;
};

} // namespace facetrack::booth

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// Where a person is and looks at any moment of the visit. The floor is measured in metres: x to
/// the right of the camera, z away from it.

namespace facetrack::booth {

struct FloorPoint
{
    float x = 0;
    float z = 0;
};

/// The camera and the walls, as far as walking goes.
struct Floor
{
    float halfWidth = 0.54F; ///< of the picture, per metre of distance
    float doorX = 0;         ///< middle of the opening in the back wall
    float wallZ = 7.2F;
};

struct Pose
{
    FloorPoint at;
    float bodyYaw = 0;   ///< radians; 0 faces the camera, positive turns to the picture's right
    float headYaw = 0;   ///< radians, likewise
    float headPitch = 0; ///< radians, positive looks down
    float tilt = 0;      ///< of the head: pixels to the right per pixel down
    float lift = 0;      ///< metres the head bobs up
    float stride = 0;    ///< -1..1, where the swing of legs and arms is
};

/// One visit: comes in by a side or the door, stops one to three times to look at the booth,
/// leaves.
class Walk
{
public:
    /// `seconds`: how long the visit lasts from its first moment out of sight to its last.
    Walk(std::uint64_t seed, float seconds, const Floor &floor);

    Pose at(float seconds) const;
    FloorPoint placeAt(float seconds) const;

private:
    struct Leg
    {
        float begin = 0;
        float end = 0;
        FloorPoint from, by, to;
        bool fromRest = false;
        bool toRest = false;
        std::array<float, 33> gone{}; ///< metres walked at evenly spaced parameters of the curve

        float length() const { return gone.back(); }
        void measure();
        float parameterAt(float share) const; ///< of the curve, after a share of its length
    };

    /// A place out of sight where people come from and go to.
    struct Gate
    {
        FloorPoint at;
        bool isDoor = false;
    };

    /// A moment of one leg.
    struct Moment
    {
        std::size_t leg = 0;
        float since = 0; ///< seconds from its begin, or to its end when it is over
        float share = 0; ///< of it that is walked
        float u = 0;     ///< parameter of the curve
    };

    Moment momentAt(float seconds) const;
    Gate gate(std::uint64_t choice, float near) const;
    FloorPoint enter(const Gate &gate); ///< returns where the way to the first stop begins
    void leave(FloorPoint here, const Gate &gate);
    void keepTime(float seconds);
    /// A now and then: 0, but for a moment in some of the slices of `every` seconds.
    float gesture(std::uint64_t which, float seconds, float every, float share) const;
    void turnHead(Pose &pose, float seconds, float heading, float walking, float leaving) const;

    std::uint64_t m_seed;
    float m_seconds;
    Floor m_floor;
    std::vector<Leg> m_legs;
    std::size_t m_exit = 0; ///< the first leg of the way out
};

} // namespace facetrack::booth

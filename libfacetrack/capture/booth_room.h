// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "libfacetrack/capture/booth_sprite.h"
#include "libfacetrack/capture/booth_walk.h"

namespace facetrack::booth {

/// A pinhole camera above the booth's counter, looking level into the room.
struct Camera
{
    Camera(int width, int height);

    float focal;        ///< pixels
    float centreX;      ///< pixels
    float horizon;      ///< pixels
    float tall = 1.52F; ///< metres above the floor

    float x(float metres, float z) const { return centreX + focal * metres / z; }
    float y(float metres, float z) const { return horizon + focal * (tall - metres) / z; }
};

/// The empty room, painted once, and which parts of it stand in front of people.
class Room
{
public:
    Room(std::uint64_t seed, int width, int height);

    /// A part of the room that hides whoever is farther away than `z`.
    struct Occluder
    {
        float z = 0;
        int x = 0;
        int y = 0;
        int width = 0;
        int height = 0;
        std::vector<std::uint8_t> alpha;

        bool hides(int px, int py) const;
    };

    const Camera &camera() const { return m_camera; }
    const Floor &floor() const { return m_floor; }
    /// From far to near.
    const std::vector<Occluder> &occluders() const { return m_occluders; }
    void drawBackground(const Planes &planes) const;
    /// Puts the occluder over what was drawn in the columns [from, to).
    void drawOccluder(const Planes &planes, const Occluder &occluder, int from, int to) const;
    /// Rows from here on show nobody: the counter is in front of everything.
    int stageBottom() const { return m_stageBottom; }
    std::size_t bytes() const;

private:
    void keep(const Canvas &canvas);
    void stand(Canvas &room, const Canvas &thing, float z);
    void addWallBesideDoor(float left, float right, float top);

    int m_width;
    int m_height;
    int m_stageBottom;
    Camera m_camera;
    Floor m_floor;
    std::vector<std::uint8_t> m_y;
    std::vector<std::uint8_t> m_u;
    std::vector<std::uint8_t> m_v;
    std::vector<Occluder> m_occluders;
};

} // namespace facetrack::booth

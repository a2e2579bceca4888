// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "libfacetrack/capture/booth_look.h"
#include "libfacetrack/capture/booth_sprite.h"

/// \file
/// Heads. A head is painted once, unrolled like a map of the world, and put into frames as a turned
/// globe: any yaw from one picture, and the features move over the head as they do in life.
///
/// Head units: half the width of the head is 1; x to the right of the picture, y down, the origin
/// between the eyes; the top of the skull is at -1.4, the chin at 1.4.

namespace facetrack::booth {

constexpr float kHeadTop = -1.85F;
constexpr float kHeadBottom = 1.5F;

/// Half the width of the head with its hair at height `y`.
float headOutline(const Look &look, float y);
/// The tip of the head (or hair, or hat).
float headTop(const Look &look);

struct HeadPlacement
{
    float x = 0; ///< frame pixels, of the point between the eyes
    float y = 0;
    float scale = 1; ///< frame pixels per head unit
    float yaw = 0;   ///< radians; positive looks to the right of the picture
    float pitch = 0; ///< radians; positive looks down
    float shear = 0; ///< tilt: pixels to the right per pixel down
    int light = 256; ///< 256ths
};

class Head
{
public:
    Head(const Look &look, float pixelsPerUnit);

    /// Everything above the neck. `drawBehind` (long hair, ears) comes before the body.
    void drawBehind(const Planes &planes, const HeadPlacement &at) const;
    void draw(const Planes &planes, const HeadPlacement &at) const;

    std::size_t bytes() const { return m_map.bytes() + m_mane.bytes() + m_lump.bytes(); }

private:
    Look m_look;
    Sprite m_map;  ///< the unrolled head; the face is in the middle column
    Sprite m_mane; ///< hair seen past the head
    Sprite m_lump; ///< a disc of skin: ears, and the nose in profile
    bool m_hasMane = false;
};

} // namespace facetrack::booth

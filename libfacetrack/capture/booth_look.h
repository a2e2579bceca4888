// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "libfacetrack/capture/booth_paint.h"

namespace facetrack::booth {

enum class Hair { Short, SidePart, Fringe, Bob, Long, Bun, Curly, Receding, Bald, Beanie };
enum class Beard { None, Stubble, Moustache, Full };
enum class Top { Plain, TwoTone, Jacket, Hoodie, Shirt, RollNeck };
enum class Extra { None, Badge, Strap };

/// How a person looks: a pure function of the person's seed. Lengths of the head are in head units
/// (half the width of the head), the others in metres.
struct Look
{
    std::uint64_t seed = 0;

    Rgb skin;
    Rgb hairColour;
    Rgb lip;
    Rgb iris;
    Hair hair = Hair::Short;
    Beard beard = Beard::None;
    bool glasses = false;
    Rgb frame;

    float hairVolume = 0.05F; ///< how far hair stands off the skull
    float jaw = 2.6F;         ///< exponent of the jaw's curve: 2 is an oval, 3.5 is square
    float eyeGap = 0.42F;     ///< from the middle of the face to an eye
    float eyeSize = 0.2F;
    float eyeOpen = 1;
    float browWeight = 0.08F;
    float browTilt = 0;
    float noseLength = 0.44F;
    float noseWidth = 0.2F;
    float mouthWidth = 0.32F;
    float smile = 0.05F;

    Top top = Top::Plain;
    Rgb cloth;
    Rgb cloth2;
    Rgb trousers;
    Rgb shoes;
    Extra extra = Extra::None;

    float height = 1.72F;    ///< metres, top of the head above the floor
    float headHalf = 0.085F; ///< metres, half the width of the head
    float build = 1;         ///< width of the body against the usual
};

Look makeLook(std::uint64_t seed);

} // namespace facetrack::booth

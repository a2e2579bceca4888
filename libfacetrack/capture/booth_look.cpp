// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_look.h"

#include <array>

namespace facetrack::booth {

namespace {

template<class T, std::size_t N>
const T &oneOf(Random &random, const std::array<T, N> &from)
{
    return from[static_cast<std::size_t>(random.pick(static_cast<int>(N)))];
}

constexpr std::array kSkins{rgb8(244, 212, 190), rgb8(236, 197, 168), rgb8(226, 182, 148),
                            rgb8(212, 164, 128), rgb8(190, 140, 104), rgb8(160, 112, 80),
                            rgb8(132, 90, 64)};
constexpr std::array kHairColours{rgb8(30, 25, 24),   rgb8(48, 34, 27),   rgb8(76, 50, 34),
                                  rgb8(112, 74, 44),  rgb8(172, 130, 78), rgb8(132, 62, 36),
                                  rgb8(104, 100, 98), rgb8(138, 133, 128)};
constexpr std::array kIrises{rgb8(62, 40, 26), rgb8(80, 54, 34), rgb8(70, 92, 60),
                             rgb8(70, 104, 138)};
constexpr std::array kClothes{rgb8(38, 52, 84),    rgb8(150, 48, 46),   rgb8(70, 110, 88),
                              rgb8(216, 210, 198), rgb8(60, 62, 68),    rgb8(196, 146, 62),
                              rgb8(110, 136, 170), rgb8(128, 92, 132),  rgb8(178, 176, 172),
                              rgb8(44, 98, 110),   rgb8(206, 150, 140), rgb8(34, 34, 38)};
constexpr std::array kTrousers{rgb8(44, 54, 80), rgb8(36, 36, 42), rgb8(92, 84, 72),
                               rgb8(70, 74, 80), rgb8(150, 136, 112)};
constexpr std::array kShoes{rgb8(40, 32, 28), rgb8(210, 208, 204), rgb8(90, 62, 44),
                            rgb8(28, 28, 32)};
constexpr std::array kHairs{
    Hair::Short, Hair::Short, Hair::SidePart, Hair::SidePart, Hair::Fringe, Hair::Bob,   Hair::Long,
    Hair::Long,  Hair::Bun,   Hair::Curly,    Hair::Receding, Hair::Bald,   Hair::Beanie};

void chooseFace(Look &look, Random &random)
{
    look.jaw = random.between(2.25F, 3.1F);
    look.eyeGap = random.between(0.395F, 0.435F);
    look.eyeSize = random.between(0.185F, 0.215F);
    look.eyeOpen = random.between(0.85F, 1.15F);
    look.browWeight = random.between(0.06F, 0.1F);
    look.browTilt = random.between(-0.035F, 0.035F);
    look.noseLength = random.between(0.40F, 0.48F);
    look.noseWidth = random.between(0.18F, 0.23F);
    look.mouthWidth = random.between(0.28F, 0.37F);
    look.smile = random.between(-0.01F, 0.1F);
}

} // namespace

Look makeLook(std::uint64_t seed)
{
    Random random(mix(seed ^ 0x6c6f6f6bULL));
    Look look;
    look.seed = seed;
    const int tone = random.pick(static_cast<int>(kSkins.size()));
    look.skin = kSkins[static_cast<std::size_t>(tone)];
    // Dark skin with blond hair is rare; so are the other unlikely pairs.
    look.hairColour = tone >= 4 ? kHairColours[static_cast<std::size_t>(random.pick(2))]
                                : oneOf(random, kHairColours);
    look.lip = blend(look.skin, rgb8(160, 60, 62), random.between(0.4F, 0.7F));
    look.iris = tone >= 4 ? kIrises[0] : oneOf(random, kIrises);
    look.hair = oneOf(random, kHairs);
    const bool mayGrow =
        look.hair != Hair::Long && look.hair != Hair::Bob && look.hair != Hair::Bun;
    if (mayGrow && random.chance(0.45F))
        look.beard = static_cast<Beard>(1 + random.pick(3));
    look.glasses = random.chance(0.22F);
    look.frame = random.chance(0.6F) ? rgb8(40, 36, 36) : rgb8(112, 76, 52);
    look.hairVolume = look.hair == Hair::Curly  ? random.between(0.2F, 0.3F)
                      : look.hair == Hair::Bald ? 0.0F
                                                : random.between(0.04F, 0.1F);
    chooseFace(look, random);
    look.top = static_cast<Top>(random.pick(6));
    look.cloth = oneOf(random, kClothes);
    look.cloth2 = oneOf(random, kClothes);
    look.trousers = oneOf(random, kTrousers);
    look.shoes = asBright(oneOf(random, kShoes), look.trousers, 0.75F);
    look.extra = static_cast<Extra>(random.pick(3));
    look.height = random.between(1.58F, 1.88F);
    look.headHalf = random.between(0.081F, 0.089F);
    look.build = random.between(0.9F, 1.12F);
    return look;
}

} // namespace facetrack::booth

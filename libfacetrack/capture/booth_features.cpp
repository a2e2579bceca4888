// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_features.h"

#include <array>

#include "libfacetrack/capture/booth_face.h"

namespace facetrack::booth {

namespace {

constexpr Bounds kAll{-9, -9, 9, 9};

Rgb shadowOf(Rgb skin) { return {skin.r * 0.55F, skin.g * 0.45F, skin.b * 0.42F}; }
Rgb lightOf(Rgb skin) { return blend(skin, {1, 0.97F, 0.92F}, 0.45F); }

void skin(Canvas &c, const Look &look)
{
    const auto mottled = [&](Vec p) {
        const float n = smoothNoise(look.seed, p.x * 3, p.y * 3) - 0.5F;
        const Rgb base = look.skin * (1 + 0.05F * n);
        return Rgb{base.r, base.g * (1 - 0.02F * n), base.b * (1 - 0.03F * n)};
    };
    c.paint(kAll, [](Vec) { return -9.0F; }, mottled, 1, 0);

    const Rgb dark = shadowOf(look.skin);
    const Rgb light = lightOf(look.skin);
    const Rgb rosy = blend(look.skin, rgb8(200, 70, 60), 0.4F);
    c.ellipse({0, -0.62F}, {0.55F, 0.28F}, light, 0.5F, 0.5F); // forehead
    for (const float side : {-1.0F, 1.0F}) {
        c.ellipse({side * 0.47F, 0.36F}, {0.24F, 0.2F}, light, 0.5F, 0.34F); // cheek bone
        c.ellipse({side * 0.55F, 0.5F}, {0.24F, 0.18F}, rosy, 0.22F, 0.36F);
        c.ellipse({side * 0.68F, 0.86F}, {0.16F, 0.36F}, dark, 0.16F, 0.3F); // under the cheek
        c.ellipse({side * 0.93F, -0.1F}, {0.13F, 0.6F}, dark, 0.18F, 0.24F); // temple
    }
    c.ellipse({0, 1.16F}, {0.24F, 0.14F}, light, 0.32F, 0.24F); // chin
    c.ellipse({0, 1.46F}, {0.75F, 0.13F}, dark, 0.3F, 0.22F);
}

void sockets(Canvas &c, const Look &look)
{
    const Rgb dark = shadowOf(look.skin);
    for (const float side : {-1.0F, 1.0F}) {
        const float x = side * look.eyeGap;
        c.ellipse({x, -0.06F}, {0.28F, 0.19F}, dark, 0.42F, 0.24F);
        c.ellipse({side * 0.2F, -0.06F}, {0.08F, 0.16F}, dark, 0.28F, 0.14F); // beside the bridge
        c.ellipse({x, 0.19F}, {0.2F, 0.04F}, dark, 0.16F, 0.1F);              // under the eye
    }
}

void eye(Canvas &c, const Look &look, float side)
{
    const Vec at{side * look.eyeGap, 0};
    const float wide = look.eyeSize;
    const float high = 0.095F * look.eyeOpen;
    const Rgb dark = shadowOf(look.skin);
    // The opening is the common part of two circles-like bows: an almond.
    const auto almond = [=](Vec p) {
        const float t = std::min(1.0F, std::fabs(p.x - at.x) / wide);
        const float bow = high * (1 - t * t);
        const float dy = p.y - at.y;
        return dy < 0 ? -dy - bow : dy - bow * 0.75F;
    };
    const Bounds in{at.x - wide, at.y - high, at.x + wide, at.y + high};
    c.paint(in, almond, [](Vec) { return rgb8(236, 232, 226); }, 1, 0.03F);
    c.paint(
        in,
        [=](Vec p) {
            return std::max(almond(p), ellipseDistance(p, {at.x, at.y - 0.01F}, {0.095F, 0.1F}));
        },
        [=](Vec) { return look.iris; }, 1, 0.025F);
    c.paint(
        in,
        [=](Vec p) {
            return std::max(almond(p), ellipseDistance(p, {at.x, at.y - 0.01F}, {0.05F, 0.05F}));
        },
        [](Vec) { return rgb8(14, 12, 12); }, 1, 0.02F);
    c.ellipse({at.x - 0.03F, at.y - 0.04F}, {0.02F, 0.02F}, rgb8(255, 255, 255), 0.85F, 0.02F);
    std::vector<Vec> lid;
    std::vector<Vec> crease;
    for (int i = -4; i <= 4; ++i) {
        const float t = static_cast<float>(i) / 4;
        lid.push_back({at.x + t * wide, at.y - high * (1 - t * t) - 0.01F});
        crease.push_back({at.x + t * wide * 0.95F, at.y - high * (1 - t * t) - 0.065F});
    }
    c.stroke(lid, 0.04F, rgb8(36, 24, 20), 0.9F, 0.035F);
    c.stroke(crease, 0.025F, dark, 0.45F, 0.04F);
    for (Vec &p : lid)
        p.y = at.y + (at.y - p.y) * 0.72F;
    c.stroke(lid, 0.018F, dark, 0.6F, 0.03F);
}

void brow(Canvas &c, const Look &look, float side)
{
    const Rgb hair = look.hair == Hair::Bald ? rgb8(66, 48, 38) : look.hairColour;
    const Rgb colour = blend(hair * 0.8F, shadowOf(look.skin), 0.25F);
    const float x = side * look.eyeGap;
    const float y = -0.27F;
    const float tilt = look.browTilt;
    c.stroke({{x - side * 0.24F, y + 0.03F + tilt},
              {x - side * 0.05F, y - 0.03F},
              {x + side * 0.12F, y - 0.04F - tilt * 0.5F}},
             look.browWeight, colour, 0.85F, 0.06F);
    c.stroke({{x + side * 0.12F, y - 0.04F - tilt * 0.5F}, {x + side * 0.27F, y + 0.02F - tilt}},
             look.browWeight * 0.55F, colour, 0.8F, 0.06F);
}

void nose(Canvas &c, const Look &look)
{
    const Rgb dark = shadowOf(look.skin);
    const Rgb light = lightOf(look.skin);
    const float tip = look.noseLength;
    const float wide = look.noseWidth;
    c.stroke({{0, -0.2F}, {0, tip - 0.1F}}, 0.14F, light, 0.55F, 0.14F);
    c.ellipse({0.0F, tip - 0.03F}, {wide * 0.55F, 0.1F}, light, 0.4F, 0.12F);
    c.stroke({{0.13F, 0.02F}, {wide * 0.8F, tip - 0.1F}}, 0.08F, dark, 0.34F, 0.14F);
    c.stroke({{-0.13F, 0.02F}, {-wide * 0.8F, tip - 0.1F}}, 0.06F, dark, 0.2F, 0.12F);
    c.ellipse({0, tip + 0.11F}, {wide * 1.0F, 0.05F}, dark, 0.4F, 0.1F);
    for (const float side : {-1.0F, 1.0F}) {
        c.ellipse({side * wide * 0.45F, tip + 0.055F}, {0.065F, 0.032F}, dark * 0.55F, 0.75F,
                  0.05F);
        c.stroke({{side * wide * 0.9F, tip - 0.06F},
                  {side * wide * 1.02F, tip + 0.02F},
                  {side * wide * 0.85F, tip + 0.07F}},
                 0.03F, dark, 0.45F, 0.05F);
        c.stroke({{side * wide * 1.15F, tip + 0.04F}, {side * (look.mouthWidth + 0.09F), 0.72F}},
                 0.03F, dark, 0.2F, 0.08F);
    }
}

void mouth(Canvas &c, const Look &look)
{
    const float y = 0.79F;
    const float wide = look.mouthWidth;
    const float corner = y - look.smile;
    const Rgb dark = shadowOf(look.lip);
    c.polygon({{-wide, corner},
               {-0.1F, y - 0.085F},
               {0, y - 0.065F},
               {0.1F, y - 0.085F},
               {wide, corner},
               {0, y + 0.02F}},
              look.lip * 0.86F, 0.9F, 0.04F);
    c.polygon({{-wide * 0.92F, corner},
               {0, y + 0.01F},
               {wide * 0.92F, corner},
               {wide * 0.5F, y + 0.09F},
               {0, y + 0.125F},
               {-wide * 0.5F, y + 0.09F}},
              look.lip, 0.9F, 0.05F);
    c.ellipse({0, y + 0.07F}, {wide * 0.4F, 0.025F}, lightOf(look.lip), 0.35F, 0.05F);
    c.stroke({{-wide, corner},
              {-wide * 0.5F, y - 0.01F - look.smile * 0.25F},
              {0, y + 0.005F},
              {wide * 0.5F, y - 0.01F - look.smile * 0.25F},
              {wide, corner}},
             0.035F, dark * 0.7F, 0.85F, 0.04F);
    c.ellipse({0, y + 0.19F}, {wide * 0.6F, 0.035F}, shadowOf(look.skin), 0.35F, 0.08F);
}

void beard(Canvas &c, const Look &look)
{
    if (look.beard == Beard::None)
        return;
    const Rgb hair = look.hair == Hair::Bald ? rgb8(66, 48, 38) : look.hairColour;
    const auto strands = [&](Vec p) {
        return hair * (0.75F + 0.4F * smoothNoise(look.seed ^ 5, p.x * 24, p.y * 9));
    };
    if (look.beard != Beard::Stubble)
        c.stroke({{-look.mouthWidth, 0.72F},
                  {-0.08F, 0.645F},
                  {0.08F, 0.645F},
                  {look.mouthWidth, 0.72F}},
                 0.1F, hair * 0.9F, 0.85F, 0.07F);
    if (look.beard == Beard::Moustache)
        return;
    // The lower face below a bow from ear to ear, around the mouth.
    const auto lower = [&](Vec p) {
        const float q = std::min(1.1F, std::fabs(p.x) / std::max(0.1F, headOutline(look, p.y)));
        const float line = 0.98F - 0.72F * ramp(0.3F, 1.0F, q);
        const float lips = ellipseDistance(p, {0, 0.8F}, {look.mouthWidth + 0.05F, 0.17F});
        return std::max(std::max((line - p.y) * 0.8F, q * 1.2F - 1.23F), -lips);
    };
    const bool full = look.beard == Beard::Full;
    c.paint({-1.2F, 0, 1.2F, 1.5F}, lower, strands, full ? 0.88F : 0.25F, full ? 0.14F : 0.25F);
}

/// Where hair ends, over how far round the head a point is: 0 in the middle of the face, 1 at the
/// side.
float hairline(const Look &look, float round, bool left)
{
    float front = -0.88F;
    float sides = 0.1F;
    switch (look.hair) {
    case Hair::Fringe:
        front = -0.52F;
        break;
    case Hair::SidePart:
        front = left ? -0.78F : -0.95F;
        break;
    case Hair::Receding:
        front = -1.12F;
        break;
    case Hair::Bald:
        front = -3;
        sides = -3;
        break;
    case Hair::Bob:
        sides = 1.05F;
        break;
    case Hair::Long:
        sides = 1.6F;
        break;
    default:
        break;
    }
    if (look.hair == Hair::Bald)
        return round > 1.35F ? 0.2F : -3;
    const float temple = std::max(front, -0.75F) + 0.3F;
    if (round < 0.82F)
        return front + (temple - front) * ramp(0.35F, 0.82F, round);
    if (sides > 0.5F)
        return temple + (sides - temple) * ramp(0.82F, 0.97F, round);
    const float burn = temple + (sides - temple) * ramp(0.84F, 0.96F, round);
    return round < 1.15F ? burn : sides + (0.85F - sides) * ramp(1.15F, 1.5F, round);
}

void hair(Canvas &c, const Look &look)
{
    const auto roundAt = [&](Vec p) {
        return std::fabs(p.x) / std::max(0.1F, headOutline(look, p.y));
    };
    const auto distance = [&](Vec p) {
        const float ragged = 0.1F * (smoothNoise(look.seed ^ 1, p.x * 14, p.y * 2) - 0.5F);
        return (p.y - hairline(look, roundAt(p), p.x < 0)) * 0.7F + ragged;
    };
    const float frequency = look.hair == Hair::Curly ? 7.0F : 20.0F;
    const float down = look.hair == Hair::Curly ? 7.0F : 2.5F;
    const auto colour = [&](Vec p) {
        const float strand = smoothNoise(look.seed ^ 2, p.x * frequency, p.y * down + p.x * 2);
        const float shine = 0.25F * std::max(0.0F, 1 - std::fabs(p.y + 1.0F) * 3);
        return look.hairColour * (0.78F + 0.4F * strand + shine);
    };
    c.paint(
        kAll, [&](Vec p) { return distance(p) - 0.05F; }, [&](Vec) { return shadowOf(look.skin); },
        0.35F, 0.16F);
    c.paint(kAll, distance, colour, 1, 0.07F);
    if (look.hair == Hair::Beanie) {
        const auto knit = [&](Vec p) {
            return look.cloth2 * (0.88F + 0.16F * smoothNoise(look.seed ^ 3, p.x * 16, p.y * 2));
        };
        c.paint(kAll, [](Vec p) { return p.y + 0.66F; }, knit, 1, 0.04F);
        c.paint(
            kAll, [](Vec p) { return std::fabs(p.y + 0.76F) - 0.12F; },
            [&](Vec p) { return knit(p) * 0.93F; }, 1, 0.04F);
    }
}

void ears(Canvas &c, const Look &look)
{
    if (look.hair == Hair::Long || look.hair == Hair::Bob)
        return;
    // Seen from the side; from the front, Head::draw() puts them past the outline.
    for (const float side : {-1.0F, 1.0F}) {
        c.ellipse({side * 1.16F, 0.14F}, {0.13F, 0.27F}, look.skin * 0.97F, 1, 0.05F);
        c.ellipse({side * 1.17F, 0.12F}, {0.06F, 0.16F}, shadowOf(look.skin), 0.6F, 0.07F);
    }
}

void glasses(Canvas &c, const Look &look)
{
    if (!look.glasses)
        return;
    for (const float side : {-1.0F, 1.0F}) {
        const Vec at{side * (look.eyeGap + 0.01F), 0.03F};
        const Vec half{0.29F, 0.21F};
        c.box(at, half, 0.12F, {0.9F, 0.95F, 1}, 0.1F, 0.03F);
        c.paint(
            {at.x - 0.33F, at.y - 0.25F, at.x + 0.33F, at.y + 0.25F},
            [=](Vec p) { return std::fabs(boxDistance(p, at, half, 0.13F)) - 0.018F; },
            [&](Vec) { return look.frame; }, 0.85F, 0.025F);
        c.stroke({{side * (look.eyeGap + 0.3F), -0.02F}, {side * 1.3F, -0.02F}}, 0.035F, look.frame,
                 0.85F, 0.02F);
    }
    c.stroke({{-0.13F, 0.0F}, {0, -0.03F}, {0.13F, 0.0F}}, 0.035F, look.frame, 0.85F, 0.02F);
}

} // namespace

void paintHead(Canvas &canvas, const Look &look)
{
    skin(canvas, look);
    sockets(canvas, look);
    for (const float side : {-1.0F, 1.0F}) {
        eye(canvas, look, side);
        brow(canvas, look, side);
    }
    nose(canvas, look);
    mouth(canvas, look);
    beard(canvas, look);
    hair(canvas, look);
    ears(canvas, look);
    glasses(canvas, look);
}

} // namespace facetrack::booth

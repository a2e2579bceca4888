// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_room_paint.h"

#include <array>

namespace facetrack::booth {

namespace {

constexpr std::array kMuted{rgb8(150, 96, 84),   rgb8(92, 118, 132),  rgb8(178, 154, 104),
                            rgb8(108, 130, 104), rgb8(128, 112, 138), rgb8(190, 178, 160),
                            rgb8(84, 88, 98)};

Rgb muted(std::uint64_t h) { return kMuted[static_cast<std::size_t>(h % kMuted.size())]; }

Rgb wallColour(std::uint64_t seed)
{
    constexpr std::array walls{rgb8(196, 190, 178), rgb8(176, 188, 192), rgb8(198, 182, 170),
                               rgb8(180, 184, 168), rgb8(188, 184, 194)};
    return walls[static_cast<std::size_t>(hash(seed, 21) % walls.size())];
}

void everywhere(Canvas &c, const Decor &d, float y0, float y1, float soft, Rgb colour)
{
    c.box({d.width / 2, (y0 + y1) / 2}, {d.width, (y1 - y0) / 2}, 0, colour, 1, soft);
}

/// A panel of the back wall between metres.
void onWall(Canvas &c, const Decor &d, Bounds m, Rgb colour, float opacity, float soft)
{
    const float z = d.floor.wallZ;
    const Vec a{d.camera.x(m.x0, z), d.camera.y(m.y1, z)};
    const Vec b{d.camera.x(m.x1, z), d.camera.y(m.y0, z)};
    c.box({(a.x + b.x) / 2, (a.y + b.y) / 2}, {(b.x - a.x) / 2, (b.y - a.y) / 2}, 0, colour,
          opacity, soft * d.p);
}

void shelf(Canvas &c, const Decor &d, float left, std::uint64_t salt)
{
    const float right = left + 1.5F;
    onWall(c, d, {left - 0.04F, 0, right + 0.04F, 2.14F}, rgb8(146, 129, 111), 1, 2);
    const Rgb inside = rgb8(138, 124, 108);
    onWall(c, d, {left, 0.05F, right, 2.08F}, inside, 1, 2);
    for (int board = 0; board < 5; ++board) {
        const float y = 0.08F + 0.41F * static_cast<float>(board);
        float x = left + 0.05F;
        Random random(hash(d.seed, salt, static_cast<std::uint64_t>(board)));
        while (x < right - 0.12F) {
            const float wide = std::min(random.between(0.07F, 0.2F), right - 0.03F - x);
            const float tall = random.between(0.12F, 0.3F);
            const Rgb colour = asBright(muted(random.next()), inside, random.between(0.93F, 1.13F));
            onWall(c, d, {x, y, x + wide, y + tall}, colour, 1, 2);
            onWall(c, d, {x + 0.01F, y + tall * 0.3F, x + wide - 0.01F, y + tall * 0.55F},
                   colour * 1.06F, 0.8F, 2.5F);
            x += wide + random.between(0.01F, 0.08F);
        }
        onWall(c, d, {left, y - 0.04F, right, y}, rgb8(150, 134, 116), 1, 2);
    }
}

void poster(Canvas &c, const Decor &d, float left, std::uint64_t salt)
{
    Random random(hash(d.seed, salt));
    const Rgb paper = blend(muted(random.next()), {0.95F, 0.95F, 0.93F}, 0.45F);
    const Rgb ink = asBright(muted(random.next()), paper, 0.86F);
    onWall(c, d, {left, 1.15F, left + 0.84F, 2.4F}, paper * 0.8F, 1, 3);
    onWall(c, d, {left + 0.03F, 1.18F, left + 0.81F, 2.37F}, paper, 1, 2);
    // Diagonal waves: bold, and like nothing with eyes.
    const float z = d.floor.wallZ;
    const float x0 = d.camera.x(left + 0.07F, z);
    const float x1 = d.camera.x(left + 0.77F, z);
    const float y0 = d.camera.y(2.3F, z);
    const float y1 = d.camera.y(1.5F, z);
    const float period = (x1 - x0) * random.between(0.5F, 0.8F);
    c.paint(
        {x0, y0, x1, y1},
        [=](Vec p) {
            const float box = std::max(std::max(x0 - p.x, p.x - x1), std::max(y0 - p.y, p.y - y1));
            const float phase = (p.x + 0.6F * p.y) / period;
            return std::max(box,
                            static_cast<float>(wave(static_cast<double>(phase))) * period * 0.16F);
        },
        [=](Vec) { return ink; }, 0.75F, 5 * d.p);
    onWall(c, d, {left + 0.07F, 1.34F, left + 0.6F, 1.42F}, ink, 0.5F, 4);
    onWall(c, d, {left + 0.07F, 1.25F, left + 0.45F, 1.29F}, ink, 0.4F, 4);
}

} // namespace

void paintShell(Canvas &c, const Decor &d)
{
    const float z = d.floor.wallZ;
    const float ceiling = d.camera.y(3.0F, z);
    const float ground = d.camera.y(0, z);
    const Rgb wall = wallColour(d.seed);
    const auto plaster = [&](Vec p) {
        const float n = smoothNoise(d.seed, p.x / (9 * d.p), p.y / (9 * d.p)) +
                        smoothNoise(d.seed ^ 1, p.x / (60 * d.p), p.y / (60 * d.p));
        const float glow = 0.1F * (1 - std::fabs(p.x - d.width * 0.5F) / d.width) -
                           0.08F * (p.y - ceiling) / (ground - ceiling);
        return wall * (0.82F + 0.06F * n + glow);
    };
    c.paint({0, 0, d.width, ground}, [](Vec) { return -99.0F; }, plaster, 1, 0);
    everywhere(c, d, -9, ceiling, 4 * d.p, wall * 1.02F);
    everywhere(c, d, ceiling, ceiling + 4 * d.p, 3 * d.p, wall * 0.7F);
    // Boards that run into the picture; seams fade with distance or they would flicker in the
    // detector.
    const Rgb wood = hash(d.seed, 22) % 2 ? rgb8(150, 122, 94) : rgb8(132, 128, 124);
    const auto boards = [&](Vec p) {
        const float away = d.camera.focal * d.camera.tall / std::max(1.0F, p.y - d.camera.horizon);
        const float x = (p.x - d.camera.centreX) / d.camera.focal * away;
        const float board = std::floor(x / 0.22F);
        const float seam = std::fabs(x / 0.22F - board - 0.5F) * 2;
        const float tone = unit(
            hash(d.seed, 23, static_cast<std::uint64_t>(static_cast<std::int64_t>(board) + 4096)));
        const float fade = std::clamp(3 / away, 0.0F, 1.0F);
        const float grain = smoothNoise(d.seed ^ 7, x * 30, away * 3) - 0.5F;
        return wood *
               (0.8F + fade * (0.12F * tone + 0.06F * grain - 0.2F * ramp(0.93F, 1.0F, seam)) +
                0.05F);
    };
    c.paint(
        {0, ground, d.width, d.height}, [=](Vec p) { return ground - p.y; }, boards, 1, 2 * d.p);
    everywhere(c, d, ground - 7 * d.p, ground, 2 * d.p, wall * 0.6F);
}

void paintWallThings(Canvas &c, const Decor &d)
{
    // Left to right along the wall, leaving the door free.
    const float reach = d.floor.halfWidth * d.floor.wallZ;
    int turn = static_cast<int>(hash(d.seed, 24) % 3);
    float x = -reach - 0.3F;
    while (x < reach) {
        const float wide = turn % 3 == 1 ? 1.6F : 0.9F;
        if (x + wide > d.floor.doorX - kDoorHalf - 0.2F && x < d.floor.doorX + kDoorHalf + 0.2F) {
            x = d.floor.doorX + kDoorHalf + 0.25F;
            continue;
        }
        const std::uint64_t salt = hash(25, static_cast<std::uint64_t>(turn));
        if (turn % 3 == 1)
            shelf(c, d, x, salt);
        else
            poster(c, d, x, salt);
        x += wide + 0.35F;
        ++turn;
    }
}

void paintDoor(Canvas &c, const Decor &d)
{
    const float x = d.floor.doorX;
    onWall(c, d, {x - kDoorHalf - 0.09F, 0, x + kDoorHalf + 0.09F, kDoorTall + 0.09F},
           rgb8(134, 124, 114), 1, 1.5F);
    const float z = d.floor.wallZ;
    const float top = d.camera.y(kDoorTall, z);
    const float bottom = d.camera.y(0, z);
    const auto passage = [=](Vec p) {
        return blend(rgb8(118, 112, 108), rgb8(92, 86, 84), (p.y - top) / (bottom - top));
    };
    c.paint(
        {d.camera.x(x - kDoorHalf, z), top, d.camera.x(x + kDoorHalf, z), bottom},
        [](Vec) { return -99.0F; }, passage, 1, 0);
    onWall(c, d, {x - kDoorHalf, -0.02F, x + kDoorHalf, 0.1F}, rgb8(96, 88, 80), 1, 3);
}

void paintLamps(Canvas &c, const Decor &d)
{
    for (int i = 0; i < 3; ++i) {
        const float x = (static_cast<float>(i) - 1) * 1.9F + (unit(hash(d.seed, 26)) - 0.5F);
        const float z = 4.6F;
        const Vec at{d.camera.x(x, z), d.camera.y(2.72F, z)};
        const float m = d.camera.focal / z;
        c.stroke({{at.x, -20}, at}, 0.015F * m, rgb8(60, 56, 54), 1, 1);
        c.ellipse(at, {0.5F * m, 0.42F * m}, rgb8(255, 240, 205), 0.2F, 0.9F * m);
        c.polygon({{at.x - 0.05F * m, at.y - 0.1F * m},
                   {at.x + 0.05F * m, at.y - 0.1F * m},
                   {at.x + 0.19F * m, at.y + 0.1F * m},
                   {at.x - 0.19F * m, at.y + 0.1F * m}},
                  rgb8(72, 76, 80), 1, 2 * d.p);
        c.ellipse({at.x, at.y + 0.11F * m}, {0.15F * m, 0.03F * m}, rgb8(255, 248, 226), 1,
                  3 * d.p);
    }
}

float paintPlant(Canvas &c, const Decor &d, float side)
{
    const float z = 2.5F + unit(hash(d.seed, 27));
    const float m = d.camera.focal / z;
    const Vec foot{d.camera.x(side * d.floor.halfWidth * z * 0.86F, z), d.camera.y(0, z)};
    c.polygon({{foot.x - 0.2F * m, foot.y - 0.42F * m},
               {foot.x + 0.2F * m, foot.y - 0.42F * m},
               {foot.x + 0.15F * m, foot.y},
               {foot.x - 0.15F * m, foot.y}},
              rgb8(128, 112, 100), 1, 2 * d.p);
    Random random(hash(d.seed, 28));
    for (int i = 0; i < 26; ++i) {
        const float lean = random.between(-1, 1);
        const float tall = random.between(0.65F, 1.18F) * (1.1F - 0.35F * std::fabs(lean));
        const Vec root{foot.x + lean * 0.08F * m, foot.y - 0.4F * m};
        const Vec knee{foot.x + lean * 0.2F * m, root.y - tall * 0.62F * m};
        const Vec tip{foot.x + lean * 0.46F * m, root.y - tall * m * (1 - 0.25F * std::fabs(lean))};
        const Rgb green = blend(rgb8(52, 84, 56), rgb8(104, 134, 78), random.between(0, 1));
        c.stroke({root, knee, tip}, random.between(0.03F, 0.07F) * m, green, 1, 0.03F * m);
    }
    return z;
}

float paintDisplay(Canvas &c, const Decor &d, float side)
{
    const float z = 3.4F + 0.8F * unit(hash(d.seed, 29));
    const float m = d.camera.focal / z;
    const float x =
        d.camera.x(side * d.floor.halfWidth * z * (0.6F + 0.2F * unit(hash(d.seed, 30))), z);
    const float y = d.camera.y(0, z);
    const Rgb banner = muted(hash(d.seed, 31));
    const float half = 0.36F * m;
    const float top = y - 1.72F * m;
    c.ellipse({x, y}, {half * 1.2F, 0.06F * m}, {}, 0.3F, 0.08F * m);
    c.box({x, (top + y) / 2}, {half, (y - top) / 2}, 3 * d.p, banner * 0.95F, 1, 2 * d.p);
    c.box({x, top + 0.22F * m}, {half * 0.75F, 0.07F * m}, 3 * d.p,
          asBright(rgb8(232, 228, 218), banner, 1.3F), 0.9F, 4 * d.p);
    c.polygon({{x - half, y - 0.1F * m},
               {x - half, y - 0.75F * m},
               {x + half, y - 0.45F * m},
               {x + half, y - 0.1F * m}},
              banner * 0.78F, 0.9F, 3 * d.p);
    c.box({x, y - 0.02F * m}, {half * 1.08F, 0.035F * m}, 2 * d.p, rgb8(150, 150, 152), 1, 2 * d.p);
    return z;
}

float paintCounter(Canvas &c, const Decor &d)
{
    const float top = d.height * 0.87F;
    const auto wood = [&](Vec p) {
        const float n = smoothNoise(d.seed ^ 9, p.x / (90 * d.p), p.y / (4 * d.p));
        return rgb8(126, 94, 68) * (0.85F + 0.2F * n + 0.2F * (p.y - top) / (d.height - top));
    };
    c.paint(
        {-9, top, d.width + 9, d.height + 9}, [=](Vec p) { return top - p.y; }, wood, 1, 2 * d.p);
    c.box({d.width / 2, top + 3 * d.p}, {d.width, 3 * d.p}, 0, rgb8(176, 142, 108), 0.8F, 3 * d.p);
    // A pile of leaflets and a bowl.
    const float x = d.width * (0.2F + 0.5F * unit(hash(d.seed, 32)));
    c.polygon({{x, top - 12 * d.p},
               {x + 120 * d.p, top - 14 * d.p},
               {x + 128 * d.p, top + 14 * d.p},
               {x - 8 * d.p, top + 16 * d.p}},
              rgb8(206, 202, 194), 1, 2 * d.p);
    c.polygon({{x + 12 * d.p, top - 6 * d.p},
               {x + 70 * d.p, top - 7 * d.p},
               {x + 72 * d.p, top + 2 * d.p},
               {x + 10 * d.p, top + 3 * d.p}},
              muted(hash(d.seed, 33)), 0.9F, 3 * d.p);
    c.ellipse({x - 130 * d.p, top - 4 * d.p}, {62 * d.p, 30 * d.p}, rgb8(86, 104, 112), 1, 3 * d.p);
    c.ellipse({x - 130 * d.p, top - 20 * d.p}, {60 * d.p, 13 * d.p}, rgb8(60, 72, 78), 1, 3 * d.p);
    return 0.8F;
}

} // namespace facetrack::booth

// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_body.h"

namespace facetrack::booth {

namespace {

constexpr float kTorso = 0.58F; ///< metres from the shoulders to the hips

Rgb secondTone(const Look &look)
{
    return asBright(blend(look.cloth2, look.cloth, 0.3F), look.cloth, 0.86F);
}

/// Every cloth gets soft folds, or large bodies look like paper.
void folds(Canvas &c, const Look &look, Bounds in)
{
    c.paint(
        in, [&](Vec p) { return 0.42F - smoothNoise(look.seed ^ 11, p.x * 11, p.y * 4); },
        [](Vec) { return Rgb{}; }, 0.10F, 0.5F, Where::OnPaint);
}

void cloth(Canvas &c, const Look &look)
{
    const float b = look.build;
    const std::vector<Vec> outline{{-0.075F, -0.03F},    {-0.12F, 0.005F},     {-0.19F * b, 0.03F},
                                   {-0.225F * b, 0.07F}, {-0.238F * b, 0.13F}, {-0.2F * b, 0.2F},
                                   {-0.17F * b, 0.28F},  {-0.158F * b, 0.42F}, {-0.17F * b, 0.6F},
                                   {0.17F * b, 0.6F},    {0.158F * b, 0.42F},  {0.17F * b, 0.28F},
                                   {0.2F * b, 0.2F},     {0.238F * b, 0.13F},  {0.225F * b, 0.07F},
                                   {0.19F * b, 0.03F},   {0.12F, 0.005F},      {0.075F, -0.03F}};
    c.paint(
        {-0.3F, -0.1F, 0.3F, 0.66F}, [&](Vec p) { return polygonDistance(p, outline) - 0.012F; },
        [&](Vec) { return look.cloth; }, 1, 0.008F);
    if (look.top ==
        Top::TwoTone) // one slanting border; stripes would be eyes, noses and mouths in every size
        c.polygon({{-0.4F, 0.2F}, {0.4F, 0.27F}, {0.4F, 0.8F}, {-0.4F, 0.8F}}, secondTone(look), 1,
                  0.02F, Where::OnPaint);
    for (const float side : {-1.0F, 1.0F}) // the sides turn away from the light
        c.ellipse({side * 0.19F * b, 0.46F}, {0.07F, 0.3F}, {}, 0.3F, 0.12F, Where::OnPaint);
    c.ellipse({-0.07F, 0.16F}, {0.16F, 0.14F}, {1, 1, 1}, 0.1F, 0.2F, Where::OnPaint);
}

void neck(Canvas &c, const Look &look)
{
    // In the shadow of the chin, about as bright as the cloth: a neck that stands out from what is
    // above and below is half a face to the cascade. So is an evenly lit one, hence a darker side.
    const float tone = std::clamp(0.95F * luma(look.cloth) / luma(look.skin), 0.52F, 0.84F);
    const Rgb dark{look.skin.r * tone * 0.72F, look.skin.g * tone * 0.64F,
                   look.skin.b * tone * 0.6F};
    c.polygon({{-0.058F, -0.17F},
               {0.058F, -0.17F},
               {0.06F, -0.04F},
               {0.085F, 0.005F},
               {0, 0.032F},
               {-0.085F, 0.005F},
               {-0.06F, -0.04F}},
              look.skin * tone, 1, 0.008F);
    c.ellipse({0.01F, -0.11F}, {0.1F, 0.06F}, dark, 0.6F, 0.09F, Where::OnPaint);
    c.polygon({{0.0F, -0.17F}, {0.1F, -0.17F}, {0.1F, 0.02F}, {0.03F, 0.03F}}, dark, 0.55F, 0.06F,
              Where::OnPaint);
}

/// A collar that covers most of the neck.
void rollNeck(Canvas &c, Rgb colour)
{
    c.polygon({{-0.068F, -0.09F},
               {0.0F, -0.075F},
               {0.068F, -0.09F},
               {0.074F, -0.02F},
               {0.11F, 0.02F},
               {0, 0.05F},
               {-0.11F, 0.02F},
               {-0.074F, -0.02F}},
              colour, 1, 0.012F);
    c.stroke({{-0.085F, 0.005F}, {0, 0.035F}, {0.085F, 0.005F}}, 0.012F, colour * 0.85F, 0.7F,
             0.015F);
}

void collar(Canvas &c, const Look &look)
{
    const Rgb dark = look.cloth * 0.8F;
    switch (look.top) {
    case Top::Jacket: {
        rollNeck(c, asBright(blend(look.cloth2, look.cloth, 0.5F), look.cloth, 0.95F));
        // Lapels and a seam off the middle: a coat folded over to one side.
        c.polygon(
            {{-0.075F, -0.02F}, {-0.125F, 0.02F}, {-0.1F, 0.14F}, {0.03F, 0.34F}, {0.0F, 0.16F}},
            dark, 0.9F, 0.008F);
        c.polygon(
            {{0.075F, -0.02F}, {0.125F, 0.02F}, {0.11F, 0.13F}, {0.02F, 0.26F}, {0.03F, 0.1F}},
            dark * 0.92F, 0.9F, 0.008F);
        c.stroke({{0.03F, 0.34F}, {0.035F, 0.6F}}, 0.006F, dark * 0.7F, 0.8F, 0.006F);
        break;
    }
    case Top::Hoodie:
        rollNeck(c, look.cloth * 0.9F);
        c.stroke({{-0.1F, -0.03F}, {-0.06F, 0.05F}, {0, 0.07F}, {0.06F, 0.05F}, {0.1F, -0.03F}},
                 0.035F, dark, 0.7F, 0.02F);
        c.box({0, 0.46F}, {0.1F, 0.07F}, 0.03F, dark, 0.45F, 0.01F);
        break;
    case Top::Shirt:
        for (const float side : {-1.0F, 1.0F})
            c.polygon(
                {{side * 0.06F, -0.06F}, {side * 0.095F, 0.0F}, {side * 0.055F, 0.05F}, {0, 0.02F}},
                look.cloth * 0.94F, 1, 0.008F);
        c.stroke({{0.005F, 0.03F}, {0.01F, 0.6F}}, 0.02F, dark, 0.35F, 0.008F);
        break;
    case Top::RollNeck:
        rollNeck(c, look.cloth * 0.95F);
        break;
    default:
        c.stroke(
            {{-0.09F, -0.015F}, {-0.05F, 0.02F}, {0, 0.036F}, {0.05F, 0.02F}, {0.09F, -0.015F}},
            0.018F, look.cloth * 0.88F, 1, 0.01F);
        break;
    }
}

/// One-sided things only: two bands that meet in a V are half a face already.
void extras(Canvas &c, const Look &look)
{
    if (look.extra == Extra::Strap)
        c.stroke({{-0.15F, -0.01F}, {0.0F, 0.26F}, {0.17F, 0.52F}}, 0.03F,
                 blend(look.cloth, rgb8(96, 70, 50), 0.25F), 0.95F, 0.008F, Where::OnPaint);
    if (look.extra == Extra::Badge) {
        c.box({0.09F, 0.22F}, {0.04F, 0.026F}, 0.006F,
              asBright(rgb8(226, 226, 220), look.cloth, 1.3F), 0.95F, 0.006F);
        c.box({0.09F, 0.204F}, {0.04F, 0.01F}, 0.0F, asBright(rgb8(60, 120, 180), look.cloth, 1.0F),
              0.9F, 0.006F);
    }
}

Sprite paintTorso(const Look &look, float scale, bool back)
{
    const float ox = 0.31F * scale;
    const float oy = 0.19F * scale;
    Canvas c(static_cast<int>(0.62F * scale), static_cast<int>(0.85F * scale), scale, ox, oy);
    if (back)
        neck(c, look);
    cloth(c, look);
    if (!back) {
        neck(c, look);
        collar(c, look);
        extras(c, look);
    }
    folds(c, look, {-0.3F, -0.02F, 0.3F, 0.65F});
    return {c, scale, ox, oy};
}

/// A limb that narrows downwards from the origin.
void limb(Canvas &c, float length, float top, float bottom, Rgb colour)
{
    const auto distance = [=](Vec p) {
        const float t = std::clamp(p.y / length, 0.0F, 1.0F);
        return segmentDistance(p, {0, 0}, {0, length}) - (top + (bottom - top) * t);
    };
    c.paint({-top, -top, top, length + bottom}, distance, [=](Vec) { return colour; }, 1, 0.008F);
}

Sprite paintArm(const Look &look, float scale)
{
    const float ox = 0.1F * scale;
    const float oy = 0.1F * scale;
    Canvas c(static_cast<int>(0.2F * scale), static_cast<int>(0.78F * scale), scale, ox, oy);
    limb(c, 0.5F, 0.054F * look.build, 0.036F, look.cloth * 0.9F);
    if (look.top == Top::TwoTone)
        c.box({0, 0.335F}, {0.2F, 0.195F}, 0, secondTone(look), 1, 0.02F, Where::OnPaint);
    const auto hand = [](Vec p) {
        return std::max(ellipseDistance(p, {0, 0.58F}, {0.036F, 0.06F}), 0.535F - p.y);
    };
    c.paint({-0.05F, 0.535F, 0.05F, 0.65F}, hand, [&](Vec) { return look.skin * 0.85F; }, 1, 0.01F);
    folds(c, look, {-0.1F, -0.1F, 0.1F, 0.66F});
    c.ellipse({0.05F, 0.34F}, {0.03F, 0.3F}, {}, 0.3F, 0.06F, Where::OnPaint);
    return {c, scale, ox, oy};
}

Sprite paintLeg(const Look &look, float scale)
{
    const float ox = 0.15F * scale;
    const float oy = 0.12F * scale;
    Canvas c(static_cast<int>(0.3F * scale), static_cast<int>(1.12F * scale), scale, ox, oy);
    c.ellipse({0, 0.93F}, {0.06F, 0.05F}, look.shoes, 1, 0.01F);
    limb(c, 0.86F, 0.095F * look.build, 0.056F, look.trousers);
    folds(c, look, {-0.15F, -0.12F, 0.15F, 0.98F});
    c.box({0.07F, 0.4F}, {0.03F, 0.6F}, 0, {}, 0.25F, 0.08F, Where::OnPaint);
    return {c, scale, ox, oy};
}

float narrowing(float bodyYaw)
{
    const auto c = static_cast<float>(cosine(static_cast<double>(bodyYaw)));
    return 0.66F + 0.34F * c * c;
}

} // namespace

float shoulderDrop(const Look &look) { return look.headHalf * 2.02F; }
float shoulderHalf(const Look &look, float bodyYaw)
{
    return 0.25F * look.build * narrowing(bodyYaw);
}

Person::Person(const Look &look, float detail)
    : m_look(look), m_head(look, 64 * detail), m_front(paintTorso(look, 420 * detail, false)),
      m_back(paintTorso(look, 200 * detail, true)), m_arm(paintArm(look, 300 * detail)),
      m_leg(paintLeg(look, 200 * detail))
{
}

std::size_t Person::bytes() const
{
    return m_head.bytes() + m_front.bytes() + m_back.bytes() + m_arm.bytes() + m_leg.bytes();
}

void Person::draw(const Planes &planes, const PersonPlacement &at) const
{
    const bool away = cosine(static_cast<double>(at.bodyYaw)) < 0;
    const bool headAway = cosine(static_cast<double>(at.head.yaw)) < 0;
    const float thin = narrowing(at.bodyYaw);
    const float m = at.metre;
    const float shoulders = at.head.y + shoulderDrop(m_look) * m;
    const float hips = shoulders + kTorso * m;
    const int light = at.head.light;
    // Whoever walks across the picture swings to the sides, whoever comes nearer swings towards us:
    // shorter limbs.
    const auto sideways = static_cast<float>(sine(static_cast<double>(at.bodyYaw)));
    const float legLength = (m_look.height - 0.12F - shoulderDrop(m_look) - kTorso) / 0.97F;
    if (!headAway)
        m_head.drawBehind(planes, at.head);
    const auto arm = [&](float side) {
        const float swing = -at.stride * side;
        booth::draw(planes, m_arm,
                    {at.head.x + side * 0.188F * m_look.build * thin * m, shoulders + 0.085F * m,
                     side * m, m * (1 - 0.06F * std::max(0.0F, swing)),
                     side * 0.02F + swing * 0.4F * sideways, light});
    };
    // Somebody seen from the side hides the far arm with the body and the legs.
    const bool fromSide = sideways * sideways >= 0.4F;
    const float far = sideways > 0 ? 1.0F : -1.0F;
    if (fromSide)
        arm(far);
    for (const float side : {-1.0F, 1.0F}) {
        const float swing = at.stride * side;
        booth::draw(planes, m_leg,
                    {at.head.x + side * 0.082F * thin * m, hips, side * m,
                     legLength * m * (1 - 0.07F * std::max(0.0F, swing)), swing * 0.32F * sideways,
                     light});
    }
    if (!fromSide) {
        arm(far);
        arm(-far);
    }
    booth::draw(planes, away ? m_back : m_front, {at.head.x, shoulders, thin * m, m, 0, light});
    if (fromSide)
        arm(-far);
    m_head.draw(planes, at.head);
    if (headAway)
        m_head.drawBehind(planes, at.head);
}

} // namespace facetrack::booth

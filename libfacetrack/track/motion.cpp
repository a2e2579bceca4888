#include "libfacetrack/track/motion.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace facetrack {

namespace {

// In face sizes and seconds; fitted to the synthetic booth (docs/tracking.md).
constexpr double usualSpeedX = 3.0; // standard deviation of the speed of people
constexpr double usualSpeedY = 0.8; // they walk more than they jump
constexpr double memory = 2.0;      // how long they keep it
constexpr double boxError = 0.05;   // standard deviation of a box's middle
constexpr double sizeError = 0.06;  // and of its logarithmic size
constexpr double sizeDrift = 0.1;   // of the logarithmic size in a second
constexpr double usuallyStands = 0.5;
constexpr double setsOff = 0.3;     // rate, in a second, of those who stand
constexpr double stops = 0.5;       // and of those who walk
constexpr double tremble = 0.1;     // how far most of those who stand move,
constexpr double sway = 0.4;        // how far the others
constexpr double sways = 0.3;       // (so many of them),
constexpr double swaySpeed = 0.5;   // how fast,
constexpr double inPlace = 0.5;     // no farther from where it was lost; beyond is another visit
constexpr double walksOn = 0.5;     // share of those who turn back and do not stay
constexpr double shifts = 1.0;      // seconds in which somebody may come to stand farther off
constexpr double lean = 0.05;       // and their logarithmic size
constexpr double follows = 0.55;    // seconds for which somebody out of sight goes on as before
constexpr double farthest = 4.5;    // standard deviations; beyond is another face
constexpr double farthestSize = 3.5; // and in size: who stands in front is larger

constexpr double impossible = -std::numeric_limits<double>::infinity();

double square(double value)
{
    return value * value;
}

/// A box from a detector may be as thin as it likes; logarithms and divisions need some size.
double sane(float size)
{
    return std::max(static_cast<double>(size), 1e-4);
}

double normal(double off, double variance, double most = farthest)
{
    const double distance = square(off) / variance;
    return distance > square(most)
               ? impossible
               : -0.5 * (distance + std::log(2 * std::numbers::pi * variance));
}

/// Of two values that go together, with their variances and covariance.
double normal(double a, double b, double varA, double covariance, double varB)
{
    const double determinant = varA * varB - square(covariance);
    if (!(determinant > 0))
        return impossible;
    const double distance
        = (square(a) * varB - 2 * a * b * covariance + square(b) * varA) / determinant;
    return distance > square(farthest)
               ? impossible
               : -0.5 * (distance + std::log(square(2 * std::numbers::pi) * determinant));
}

/// Logarithm of the mean of two densities, the second with weight `share`.
double mixed(double first, double second, double share)
{
    const double most = std::max(first, second);
    if (most == impossible)
        return impossible;
    return most
           + std::log((1 - share) * std::exp(first - most) + share * std::exp(second - most));
}

} // namespace

void FaceMotion::Axis::pass(double seconds, double variance)
{
    const double kept = std::exp(-seconds / memory);
    const double reach = memory * (1 - kept);
    at += reach * speed;
    varAt += 2 * reach * covariance + square(reach) * varSpeed
             + variance * square(memory) * (2 * seconds / memory - 3 + 4 * kept - square(kept));
    covariance = kept * (covariance + reach * varSpeed) + variance * memory * square(1 - kept);
    varSpeed = square(kept) * varSpeed + variance * (1 - square(kept));
    speed *= kept;
}

void FaceMotion::Axis::found(double place, double variance)
{
    const double total = varAt + variance;
    const double gain = varAt / total;
    const double speedGain = covariance / total;
    const double surprise = place - at;
    at += gain * surprise;
    speed += speedGain * surprise;
    varSpeed -= speedGain * covariance;
    covariance *= 1 - gain;
    varAt *= 1 - gain;
}

FaceMotion::FaceMotion(const Box &box)
    : m_x{static_cast<double>(box.x + box.w / 2), 0, square(boxError * sane(box.w)), 0,
          square(usualSpeedX * sane(box.w))},
      m_y{static_cast<double>(box.y + box.h / 2), 0, square(boxError * sane(box.h)), 0,
          square(usualSpeedY * sane(box.h))},
      m_restX(m_x.at), m_restY(m_y.at), m_restVarSize(square(sizeError)), m_stands(usuallyStands), m_logWidth(std::log(sane(box.w))),
      m_logHeight(std::log(sane(box.h))), m_varSize(square(sizeError))
{
}

double FaceMotion::width() const
{
    return std::exp(m_logWidth);
}

double FaceMotion::height() const
{
    return std::exp(m_logHeight);
}

void FaceMotion::pass(double seconds)
{
    if (!(seconds > 0))
        return;
    m_x.pass(seconds, square(usualSpeedX * width()));
    m_y.pass(seconds, square(usualSpeedY * height()));
    m_varSize += square(sizeDrift) * seconds;
    m_lost += seconds;
    const double settled = stops / (stops + setsOff);
    m_stands = settled + (m_stands - settled) * std::exp(-seconds * (stops + setsOff));
}

void FaceMotion::found(const Box &box)
{
    const double walking = walks(box);
    const double resting = rests(box);
    if (const double sum = mixed(walking, resting, m_stands); sum != impossible)
        m_stands = std::clamp(m_stands * std::exp(resting - sum), 0.01, 0.99);
    m_x.found(static_cast<double>(box.x + box.w / 2), square(boxError * sane(box.w)));
    m_y.found(static_cast<double>(box.y + box.h / 2), square(boxError * sane(box.h)));
    const double gain = m_varSize / (m_varSize + square(sizeError));
    m_logWidth += gain * (std::log(sane(box.w)) - m_logWidth);
    m_logHeight += gain * (std::log(sane(box.h)) - m_logHeight);
    m_varSize *= 1 - gain;
    m_restX = m_x.at;
    m_restY = m_y.at;
    m_restVarSize = m_varSize;
    m_lost = 0;
}

Box FaceMotion::expected() const
{
    const bool gone = m_lost > follows; // nobody knows where to; it may come back in place
    const double x = gone ? m_restX : m_x.at;
    const double y = gone ? m_restY : m_y.at;
    return {static_cast<float>(x - width() / 2), static_cast<float>(y - height() / 2),
            static_cast<float>(width()), static_cast<float>(height())};
}

/// By height: who turns away gets a narrower box from some detectors, hardly a lower one.
double FaceMotion::sizeLikelihood(double logHeight, double variance) const
{
    return normal(logHeight - m_logHeight, variance, farthestSize);
}

double FaceMotion::likelihood(const Box &box) const
{
    return sizeLikelihood(std::log(sane(box.h)), m_varSize + square(sizeError))
           + mixed(walks(box), rests(box), m_stands);
}

double FaceMotion::walks(const Box &box) const
{
    const double x = static_cast<double>(box.x + box.w / 2);
    const double y = static_cast<double>(box.y + box.h / 2);
    return normal((x - m_x.at) / width(), m_x.varAt / square(width()) + square(boxError))
           + normal((y - m_y.at) / height(), m_y.varAt / square(height()) + square(boxError));
}

double FaceMotion::rests(const Box &box) const
{
    const double x = static_cast<double>(box.x + box.w / 2);
    const double y = static_cast<double>(box.y + box.h / 2);
    const double calm = square(boxError) + square(sway) * std::min(m_lost, 1.0);
    return normal((x - m_restX) / width(), calm) + normal((y - m_restY) / height(), calm);
}

double FaceMotion::likelihood(const FaceMotion &later, const Box &first, double gap) const
{
    const double stood = restsLike(later);
    const double back = isBackAt(first) + later.speedLikelihood();
    if (gap > shifts && back == impossible)
        return impossible;
    const double stayed = gap > follows ? stood : mixed(walksLike(later), stood, m_stands);
    // People turn back to the camera and walk on: where they are by now says nothing then.
    return mixed(stayed, back, walksOn);
}

double FaceMotion::walksLike(const FaceMotion &later) const
{
    const auto same = [](const Axis &a, const Axis &b, double unit) {
        return normal((b.at - a.at) / unit, (b.speed - a.speed) / unit,
                      (a.varAt + b.varAt) / square(unit), (a.covariance + b.covariance) / square(unit),
                      (a.varSpeed + b.varSpeed) / square(unit));
    };
    return same(m_x, later.m_x, width()) + same(m_y, later.m_y, height())
           + sizeLikelihood(later.m_logHeight, m_varSize + later.m_varSize);
}

double FaceMotion::restsLike(const FaceMotion &later) const
{
    const auto still = [](double rest, const Axis &b, double unit, double reach) {
        return normal((b.at - rest) / unit, b.speed / unit, square(reach) + b.varAt / square(unit),
                      b.covariance / square(unit),
                      square(swaySpeed) + b.varSpeed / square(unit));
    };
    const auto within = [&](double reach) {
        return still(m_restX, later.m_x, width(), reach)
               + still(m_restY, later.m_y, height(), reach);
    };
    return mixed(within(tremble), within(sway), sways)
           + sizeLikelihood(later.m_logHeight, m_restVarSize + later.m_varSize + square(lean));
}

double FaceMotion::isBackAt(const Box &first) const
{
    const double x = (static_cast<double>(first.x + first.w / 2) - m_restX) / width();
    const double y = (static_cast<double>(first.y + first.h / 2) - m_restY) / height();
    if (std::hypot(x, y) > inPlace)
        return impossible;
    const auto within = [&](double reach) {
        const double variance = square(reach) + square(boxError);
        return normal(x, variance) + normal(y, variance);
    };
    return mixed(within(tremble), within(sway), sways)
           + sizeLikelihood(std::log(sane(first.h)), m_restVarSize + square(sizeError) + square(lean));
}

double FaceMotion::speedLikelihood() const
{
    const auto usual = [](const Axis &axis, double unit, double speed) {
        return normal(axis.speed / unit, square(speed) + axis.varSpeed / square(unit));
    };
    return std::max(usual(m_x, width(), usualSpeedX), -10.0)
           + std::max(usual(m_y, height(), usualSpeedY), -10.0);
}

} // namespace facetrack

#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/box.h"

namespace facetrack {

/// Where a face is going: a Kalman filter for each axis and for the size, for looks at any
/// interval. Somebody's speed forgets itself within seconds (Ornstein-Uhlenbeck process), so a face
/// that is lost is expected a little further on its way, not at the other end of the room. Somebody
/// may as well have stopped where the face was lost: people turn away while they stand.
///
/// Lengths are measured in the face's own size, so that near and far faces behave alike. Likelihoods
/// are natural logarithms of densities per (face size)^2 and unit of logarithmic size (and, between
/// motions, per (face size per second)^2); minus infinity when far beyond what can be.
class FACETRACK_EXPORT FaceMotion
{
public:
    /// Found for the first time: where it goes is not known yet.
    explicit FaceMotion(const Box &box);

    /// Lets `seconds` pass.
    void pass(double seconds);
    /// Found again, now.
    void found(const Box &box);

    /// Where it should be now, with the size it should have.
    Box expected() const;

    /// Of finding it at `box` now.
    double likelihood(const Box &box) const;
    /// That `later`, found for the first time at `first`, `gap` seconds after this was lost, is the
    /// same face; both as of now.
    double likelihood(const FaceMotion &later, const Box &first, double gap) const;
    /// Of its speed, for somebody of whom nothing else is known.
    double speedLikelihood() const;

private:
    /// Place and speed along one axis, in fractions of the frame (and per second).
    struct Axis
    {
        double at = 0;
        double speed = 0;
        double varAt = 0;
        double covariance = 0;
        double varSpeed = 0;

        void pass(double seconds, double variance);
        void found(double place, double variance);
    };

    double width() const;
    double height() const;
    double walks(const Box &box) const;
    double rests(const Box &box) const;
    double walksLike(const FaceMotion &later) const;
    double restsLike(const FaceMotion &later) const;
    double isBackAt(const Box &first) const;
    double sizeLikelihood(double logHeight, double variance) const;

    Axis m_x, m_y;
    double m_restX, m_restY; ///< where it was, as far as known, when it was found last
    double m_restVarSize;    ///< and how surely its size was known
    double m_lost = 0;       ///< seconds since then
    double m_stands;         ///< probability that it does not go anywhere
    double m_logWidth, m_logHeight;
    double m_varSize;
};

} // namespace facetrack

#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/model/detection.h"
#include "libfacetrack/track/motion.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace facetrack {

/// Gives detections an identity over time, by motion, place and size alone: nothing of how a face
/// looks is kept. Works at any interval between looks. Thread-bound.
///
/// Detections that follow each other closely make a *thread*. A thread found `minHits` times is
/// either a known face that was lost and comes back (place, speed and size of the whole thread
/// decide, not of one box that may be somebody who passes by), or somebody new; until then its
/// faces have identity 0. So has a second box on one head.
class FACETRACK_EXPORT Tracker
{
public:
    explicit Tracker(const TrackTuning &tuning = {}) { tune(tuning); }

    /// How often a face must be found, and how long a lost one is waited for, from the next
    /// update() on.
    void tune(const TrackTuning &tuning);

    /// The detections of one frame, each with its identity, in the order given.
    /// `captured` must not go backwards.
    std::vector<Track> update(const std::vector<Detection> &detections, MonotonicTime captured);

    /// Where the faces that are known, also those lost a short while ago, should be at a later
    /// moment: boxes predicted, in no special order. Changes nothing.
    std::vector<ExpectedFace> expected(MonotonicTime at) const;

    /// Forgets everybody; identities are never given twice.
    void startOver() { m_known.clear(); }

    /// Identities given so far in this run.
    std::uint32_t started() const { return m_lastId; }

    /// The thread of each detection of the last update(), in its order; 0 is none.
    const std::vector<std::uint32_t> &threads() const { return m_threadOf; }
    bool hasThread(std::uint32_t thread) const;
    /// Whether the identity may still come back.
    bool knows(std::uint32_t id) const;

private:
    struct Known
    {
        std::uint32_t thread;
        std::uint32_t id; ///< 0 until it is known who it is
        FaceMotion motion; ///< as of the last update()
        float score;
        MonotonicTime born;
        Box first; ///< where it was then
        MonotonicTime seen;
        std::uint32_t hits;
        MonotonicTime seenBefore{0}; ///< last but one
        bool beside = false; ///< seen in one frame with a face that it overlaps
        /// Named threads that were seen in one frame with it in another place.
        std::vector<std::uint32_t> others{};
        std::uint32_t odd = 0; ///< boxes of a very different size in a row
    };
    struct Claim;
    /// A thread of so many hits is as good as a known face when detections are handed out.
    static constexpr std::uint32_t established = 3;

    std::chrono::nanoseconds patienceFor(const Known &known) const;
    bool isForgotten(const Known &known, MonotonicTime at) const;
    bool isLost(const Known &known) const;
    void letPass(MonotonicTime now);
    void forget();
    double gain(const Known &known, const Box &box) const;
    template<typename Takes>
    void claim(std::vector<Claim> &claims, Takes takes) const;
    void settle(std::vector<Claim> &claims) const;
    void takeOddBoxes(std::vector<Claim> &claims) const;
    void accept(const std::vector<Claim> &claims, const std::vector<Detection> &detections);
    double odds(const Known &lost, const Known &thread) const;
    void takeForGlimpse(const Known &thread);
    bool takeTurns(const Known &known, const Known &thread) const;
    void noteOthers(Known &thread) const;
    void joinTwins();
    void nameThreads();

    std::chrono::nanoseconds m_patience{0};
    std::uint32_t m_minHits = 1;
    std::chrono::nanoseconds m_minAge{0};
    std::vector<Known> m_known;
    MonotonicTime m_now{0};
    MonotonicTime m_lastLook{0}; ///< the one before m_now
    std::chrono::nanoseconds m_interval{0}; ///< usual time from look to look
    std::vector<std::uint32_t> m_threadOf;
    std::uint32_t m_lastThread = 0;
    std::uint32_t m_lastId = 0;
};

} // namespace facetrack

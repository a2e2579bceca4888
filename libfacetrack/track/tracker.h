#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/detection.h"

#include <chrono>
#include <cstdint>
#include <vector>

namespace facetrack {

/// Gives detections an identity over time by overlap with where a face was last seen
/// (greedy, best overlap first). Thread-bound.
class FACETRACK_EXPORT Tracker
{
public:
    /// A face lost for longer than `patience` gets a new identity when it comes back.
    explicit Tracker(std::chrono::milliseconds patience = std::chrono::milliseconds(1000));

    /// The detections of one frame, each with its identity, in the order given.
    /// `captured` must not go backwards.
    std::vector<Track> update(const std::vector<Detection> &detections, MonotonicTime captured);

    /// Where the faces that are known, also those lost a short while ago, should be at a later
    /// moment: boxes predicted, in no special order. Changes nothing.
    std::vector<Track> expected(MonotonicTime at) const;

    /// Identities given so far in this run.
    std::uint32_t started() const { return m_lastId; }

private:
    struct Known
    {
        Track track;
        MonotonicTime seen;
    };

    std::chrono::nanoseconds m_patience;
    std::vector<Known> m_known;
    std::uint32_t m_lastId = 0;
};

} // namespace facetrack

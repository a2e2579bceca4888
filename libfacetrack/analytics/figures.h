#pragma once
#include <cstdint>

namespace facetrack {

/// The three figures of some minutes, which are never mixed up: face detections (summed over
/// frames, so they grow with the frame rate), mean faces visible, and visits. Minutes without data
/// are in none of them.
struct Figures
{
    std::uint64_t minutes = 0;      ///< with data, of each agent
    std::uint64_t observations = 0; ///< frames looked at
    std::uint64_t detections = 0;   ///< faces found in them, summed
    std::uint64_t visits = 0;       ///< that began in these minutes
    double means = 0;               ///< the mean faces visible of each minute, summed

    bool hasData() const { return minutes > 0; }
    /// Mean faces visible at a time to one camera. Every minute counts the same, however many
    /// frames were looked at in it: a camera that is slower with many faces does not lower it.
    double meanFaces() const { return minutes == 0 ? 0 : means / static_cast<double>(minutes); }

    Figures &operator+=(const Figures &other)
    {
        minutes += other.minutes;
        observations += other.observations;
        detections += other.detections;
        visits += other.visits;
        means += other.means;
        return *this;
    }
};

} // namespace facetrack

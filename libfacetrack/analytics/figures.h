#pragma once
#include <cstdint>

namespace facetrack {

/// The three figures of some minutes, which are never mixed up: face detections (summed over
/// frames, so they grow with the frame rate), mean faces visible, and visits. Minutes without data
/// are in none of them. Whole numbers only: sums are the same in whatever order and by whomever
/// they are made.
struct Figures
{
    std::uint64_t minutes = 0;      ///< with data, of each agent
    std::uint64_t seconds = 0;      ///< with data, of each agent
    std::uint64_t observations = 0; ///< frames looked at
    std::uint64_t detections = 0;   ///< faces found in them, summed
    std::uint64_t visits = 0;       ///< that began in these minutes
    std::uint64_t millionths = 0;   ///< the mean faces visible of each minute, summed
    std::uint64_t simulated = 0;    ///< frames that are made up

    bool hasData() const { return minutes > 0; }
    /// Mean faces visible at a time to one camera. Every minute counts the same, however many
    /// frames were looked at in it: a camera that is slower with many faces does not lower it.
    double meanFaces() const
    {
        return minutes == 0 ? 0 : static_cast<double>(millionths) / 1e6 / static_cast<double>(minutes);
    }
    /// The mean of one minute, in millionths.
    static std::uint64_t meanOfMinute(std::uint64_t detections, std::uint64_t observations)
    {
        return observations == 0 ? 0 : (detections * 1'000'000 + observations / 2) / observations;
    }

    Figures &operator+=(const Figures &other)
    {
        minutes += other.minutes;
        seconds += other.seconds;
        observations += other.observations;
        detections += other.detections;
        visits += other.visits;
        millionths += other.millionths;
        simulated += other.simulated;
        return *this;
    }
    bool operator==(const Figures &) const = default;
};

/// How each measure is made, for people: one line under every chart that shows it.
inline constexpr const char *aboutDetections
    = "Face detections: every face in every picture looked at, added up. One person who stays for a "
      "minute is counted hundreds of times; the number grows with the pictures per second.";
inline constexpr const char *aboutMeanFaces
    = "Mean faces visible: how many faces a camera sees at a time, averaged over each minute, and "
      "over minutes with data. It does not depend on the pictures per second.";
inline constexpr const char *aboutVisits
    = "Visits: people who came into view and were followed until they left. Nobody is recognised: "
      "who comes back later, or is seen by two cameras, is counted again.";

} // namespace facetrack

#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/model/frame.h"
#include "libfacetrack/model/visit.h"
#include "libfacetrack/track/sojourn.h"
#include "libfacetrack/track/tracker.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace facetrack {

/// How many are there now.
struct Presence
{
    std::uint32_t visitors = 0; ///< in sight, or lost for less than the patience
    std::map<std::string, std::uint32_t> zones; ///< of those, by the zone they were seen in last

    bool operator==(const Presence &) const = default;
};

/// Makes visits from identities, each from the first time the face was found to the last. What a
/// Tracker never gives an identity to is flicker and leaves no trace. Thread-bound.
class FACETRACK_EXPORT VisitBook
{
public:
    /// Takes down who was seen in a frame: `faces` are the tracker's answer to it. Ends the visits
    /// of those whom the tracker has forgotten.
    void note(const Frame &frame, const std::vector<Track> &faces, const Tracker &tracker,
              const TrackTuning &tuning);
    /// Ends all visits, as when the agent stops; their rows are not `complete`.
    void close();
    /// The rows of visits that are over, each once: of each the whole picture first, then the zones.
    std::vector<Visit> take();

    const Presence &presence() const { return m_presence; }
    std::uint64_t begun() const { return m_begun; } ///< visits in this run, those now included

private:
    void see(const Sighting &sighting, std::uint32_t thread, std::uint32_t id,
             const TrackTuning &tuning);
    void end(std::uint32_t track, const Sojourn &stay, bool complete);
    void countPresence(const TrackTuning &tuning);

    std::map<std::uint32_t, Sojourn> m_visitors; ///< by identity
    std::map<std::uint32_t, std::vector<Sighting>> m_threads; ///< until it is known whose they are
    std::vector<Visit> m_over;
    Presence m_presence;
    std::uint64_t m_begun = 0;
    std::uint64_t m_rows = 0;
};

} // namespace facetrack

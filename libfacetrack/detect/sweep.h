#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/detect/change_map.h"
#include "libfacetrack/detect/detector.h"
#include "libfacetrack/model/look_report.h"

#include <vector>

namespace facetrack {

/// Cuts the whole-frame look into small looks (by size of face and place) and does a few of them
/// in each frame, so that every one has its turn in time: soon where something changed that
/// nothing explains, seldom where nothing changed at all. Thread-bound.
class Sweep
{
public:
    struct Part
    {
        std::vector<Look> looks;
        double share = 0; ///< of the work of a whole look
    };

    /// The looks that are due at `now`. All of them at first, and when a setting that matters here
    /// or the frame's size has changed.
    Part next(const Frame &frame, const DetectTuning &tuning, const Detector &detector,
              const ChangeMap &changes, MonotonicTime now);
    void startOver() { m_tiles.clear(); }
    /// As LookReport::lookedAt, for the looks handed out so far.
    std::vector<MonotonicTime> lookedAt() const;

private:
    struct Tile
    {
        Look look;
        float faceWidth = 0; ///< of the smallest face, fractions of the frame
        float faceHeight = 0;
        double effort = 0; ///< as the detector says
        // Cells that changed since it was looked at, in the face-sized place where most did:
        double changed = 0;
        double unexplained = 0;
        double needed = 1; ///< how many a newcomer changes at least
        MonotonicTime looked{0};
        double urgency = 0; ///< 1: it is time
    };

    void lay(const Frame &frame, const DetectTuning &tuning, const Detector &detector);
    void layBand(float least, float most, float tileEdge, const Frame &frame,
                 const DetectTuning &tuning, const Detector &detector);
    Part everything(MonotonicTime now);
    static void notice(Tile &tile, const ChangeMap &changes);

    DetectTuning m_tuning; ///< that the tiles were made for
    Size m_frame;
    std::vector<Tile> m_tiles;
    double m_newsRate = 1; ///< of the detector's SweepShape
    double m_whole = 0;  ///< effort of all tiles
    double m_credit = 0; ///< effort that may be spent
    MonotonicTime m_last{0};
};

} // namespace facetrack

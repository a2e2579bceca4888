#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/detect/detector.h"
#include "libfacetrack/detect/look_planner.h"
#include "libfacetrack/model/frame.h"
#include "libfacetrack/track/tracker.h"

#include <memory>
#include <string>
#include <vector>

namespace facetrack {

/// From one frame to the faces in it with their identities: what the running agent and
/// `facetrack-agentd analyze` share. Thread-bound.
class FACETRACK_EXPORT FaceFinder
{
public:
    FaceFinder();
    ~FaceFinder();

    /// Faces of `frame` under `tuning`. Makes another detector when the tuning names one.
    Result<std::vector<Track>> look(const Frame &frame, const Tuning &tuning);
    /// Where look() looked the last time.
    const LookReport &looked() const { return m_looked; }
    /// Forgets all identities: the next frame has nothing to do with the last one.
    void startOver();

private:
    Result<void> prepare(const DetectTuning &tuning);
    Result<std::vector<Detection>> lookEverywhere(const Frame &frame, const DetectTuning &tuning);
    Result<std::vector<Detection>> lookAsPlanned(const Frame &frame, const DetectTuning &tuning);

    std::unique_ptr<Detector> m_detector;
    std::string m_detectorName;
    LookPlanner m_planner;
    Tracker m_tracker;
    LookReport m_looked;
};

} // namespace facetrack

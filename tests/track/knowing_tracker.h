#pragma once
#include "tests/track/visit_judge.h"

#include "libfacetrack/config/tuning.h"
#include "libfacetrack/model/detection.h"

#include <map>
#include <vector>

/// What any tracker could make of the same detections: it is told whose face each box is on, and ends and
/// begins visits by the same rules as a Tracker. What it gets wrong, the detector did.
class KnowingTracker
{
public:
    explicit KnowingTracker(const facetrack::TrackTuning &tuning) : m_tuning(tuning) {}

    /// `faces` as a Tracker answered, for their boxes; the same with other identities.
    std::vector<facetrack::Track> update(std::vector<facetrack::Track> faces,
                                         const std::vector<facetrack::BoothPerson> &people,
                                         double seconds);
    /// All visits, when no more frames come.
    std::vector<facetrack::Visit> close();

private:
    struct Run
    {
        std::uint32_t id = 0;
        double first = 0, last = 0;
        facetrack::Box box;
        int hits = 0;
    };

    bool isBack(const Run &run, const facetrack::Box &box, double seconds) const;
    void see(std::uint32_t person, facetrack::Track &face, double seconds);
    void end(const Run &run);

    facetrack::TrackTuning m_tuning;
    std::map<std::uint32_t, Run> m_runs; ///< by person
    std::uint32_t m_last = 0;
    std::vector<facetrack::Visit> m_visits;
};

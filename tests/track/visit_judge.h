#pragma once
#include "libfacetrack/capture/booth_scene.h"
#include "libfacetrack/model/detection.h"
#include "libfacetrack/model/visit.h"

#include <cstdint>
#include <map>
#include <vector>

/// How visits compare with who was really there.
struct VisitFigures
{
    std::size_t trueVisits = 0;
    std::size_t visits = 0;
    std::size_t falseVisits = 0; ///< those that were mostly on nobody's face
    std::size_t switches = 0;    ///< times a person's face went on under another identity within a true visit
    std::size_t swaps = 0;       ///< times an identity went over to another person
    double trueDwell = 0;        ///< median, seconds
    double dwell = 0;

    double countError() const { return double(visits) / double(trueVisits) - 1; }
    double switchRate() const { return double(switches) / double(trueVisits); }
    double dwellError() const { return dwell / trueDwell - 1; }
};

/// Holds what a tracker makes of the synthetic booth against its truth.
///
/// A true visit is a stretch in which a person's face can be found (BoothScene::truth()), bridged
/// where it is hidden for half a second, or for no longer than the patience and comes back in
/// place, within half a face's size and about as large; and visible for `leastSeconds` in sum. The truth is known at
/// each frame of the scene, whether or not anybody looked at it.
class VisitJudge
{
public:
    VisitJudge(double patienceSeconds, double leastSeconds, double frameSeconds)
        : m_patience(patienceSeconds), m_least(leastSeconds), m_frame(frameSeconds)
    {
    }

    /// Who is there at `seconds`; once for each frame of the scene, before looked().
    void truth(double seconds, const std::vector<facetrack::BoothTruth> &faces);
    /// What was found in that frame.
    void looked(const std::vector<facetrack::Track> &faces);
    void over(const facetrack::Visit &visit);

    VisitFigures figures() const;

private:
    struct Stretch
    {
        double first, last;
        facetrack::BoothTruth face; ///< the last
        int frames = 0;
        std::vector<std::uint32_t> tracks; ///< identities in order, no repeats in a row
    };

    bool isBack(const Stretch &stretch, double seconds, const facetrack::BoothTruth &face) const;

    const double m_patience, m_least, m_frame;
    double m_now = 0;
    std::vector<facetrack::BoothTruth> m_there;
    std::map<std::uint32_t, std::vector<Stretch>> m_people;
    /// For each identity: the people it was on in order (0 is nobody), with the number of frames.
    std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, int>>> m_tracks;
    std::vector<facetrack::Visit> m_visits;
};

#pragma once
#include "libfacetrack/capture/booth_scene.h"
#include "libfacetrack/model/detection.h"
#include "libfacetrack/model/visit.h"

#include <cstdint>
#include <map>
#include <set>
#include <vector>

/// How visits compare with who was really there.
struct VisitFigures
{
    std::size_t trueVisits = 0;
    std::size_t visits = 0;
    std::size_t leftOut = 0;     ///< visits that are not counted: nothing was plain to see
    std::size_t falseVisits = 0; ///< those that were mostly on nobody's face
    std::size_t switches = 0;    ///< times a person's face went on under another identity within a true visit
    std::size_t swaps = 0;       ///< times an identity went over to another person
    std::vector<double> trueDwells, dwells; ///< seconds
    double trueDwell = 0;        ///< median
    double dwell = 0;

    double countError() const { return double(visits) / double(trueVisits) - 1; }
    double switchRate() const { return double(switches) / double(trueVisits); }
    double dwellError() const { return dwell / trueDwell - 1; }
};

/// Adds one more run.
void add(VisitFigures &sum, const VisitFigures &figures);

/// Why a person's face went on under another identity, or an identity on another true visit.
enum class Cause
{
    Revealed,   ///< one of the two cannot be seen: turned away, or hidden by the other
    Crossing,   ///< both can be seen
    Hidden,     ///< a new identity after the face was out of sight
    Lost,       ///< a new identity though the face was in sight all the time
    SecondBox,  ///< the old identity is still on the same face
    SameReturn, ///< the same person's next true visit was taken for the same one
};
const char *nameOf(Cause cause);

/// One switch, or (`merged`) one identity that ran over the end of a true visit.
struct Mishap
{
    double seconds;
    Cause cause;
    bool merged;
    std::uint32_t person, other; ///< `other`: whose the identity was before; 0 is nobody's
    std::uint32_t from, to;      ///< identities; equal when merged
    double hidden;               ///< seconds for which nothing was matched to it
};

/// How plainly a face is to be seen.
enum class Sight {
    None,  ///< nothing to be found: the back of a head, or hidden
    Maybe, ///< in profile, half hidden or very small: found or not, both is right
    Plain, ///< to be found by any detector for frontal faces
};
Sight sightOf(const facetrack::BoothPerson &person);

/// Holds what a tracker makes of the synthetic booth against its truth, which is defined here and told
/// in docs/tracking.md.
///
/// A true visit is a stretch in which a person's face is plain to see, bridged where it is not for half a
/// second, or for no longer than the patience and comes back in place, within half a face's size and
/// about as large; and plain for `leastSeconds` in sum. The truth is known at each frame of the scene,
/// whether or not anybody looked at it. What is to be seen of a face without being plain decides
/// nothing: a visit may begin or end there as early or late as it was found, two true visits with
/// nothing else between them are one when they were followed as one, and visits that saw nothing
/// plain are left out.
///
/// Who a box belongs to, and what a switch is, is as in CLEAR MOT (Bernardin and Stiefelhagen,
/// "Evaluating multiple object tracking performance", 2008): a pair holds as long as the boxes
/// overlap enough (IoU 0.5), what is left is paired by overlap, and a switch is counted when a
/// person's face goes on under another identity than the one it had.
class VisitJudge
{
public:
    VisitJudge(double patienceSeconds, double leastSeconds, double frameSeconds)
        : m_patience(patienceSeconds), m_least(leastSeconds), m_frame(frameSeconds)
    {
    }

    /// Who is there at `seconds`; once for each frame of the scene, before looked().
    void truth(double seconds, const std::vector<facetrack::BoothPerson> &people);
    /// What was found in that frame.
    void looked(const std::vector<facetrack::Track> &faces);
    void over(const facetrack::Visit &visit);

    VisitFigures figures() const;
    const std::vector<Mishap> &mishaps() const { return m_mishaps; }

private:
    struct Owner
    {
        std::uint32_t person;
        std::size_t stretch;
        double seconds;
    };
    struct Stretch
    {
        double first, last;   ///< plain to see
        double early, late;   ///< to be seen at all, without a break
        bool follows = false; ///< the stretch before went over into this one, maybe seen all the time
        facetrack::Box face;  ///< the last that was plain
        int frames = 0;
        std::vector<std::uint32_t> tracks; ///< identities in order, no repeats in a row
        double matched = 0; ///< when a face was matched to it last
        double shown = 0;   ///< when it came into sight last
    };
    struct Person
    {
        double since = 0, seen = -1e9; ///< to be seen at all, without a break
        std::vector<Stretch> stretches;
    };
    /// Of one person, what a tracker may take for one visit and did.
    struct Whole
    {
        double first, last, early, late;
        std::vector<std::uint32_t> tracks;
    };

    bool isBack(const Stretch &stretch, double seconds, const facetrack::Box &face) const;
    void plain(Person &person, double seconds, const facetrack::Box &face) const;
    std::vector<Whole> wholes(const Person &person, const std::set<std::uint32_t> &confirmed) const;
    bool isInDoubt(std::uint32_t id) const;
    void countFalse(const std::set<std::uint32_t> &confirmed, VisitFigures &figures) const;

    void match(std::uint32_t person, std::uint32_t id, bool oldIsHereToo);
    bool isThere(std::uint32_t person) const;

    const double m_patience, m_least, m_frame;
    double m_now = 0;
    std::vector<facetrack::BoothPerson> m_there; ///< those to be seen at all
    std::map<std::uint32_t, Person> m_people;
    std::map<std::uint32_t, std::uint32_t> m_partner; ///< the identity that each person had last
    /// For each identity: the people it was on in order (0 is nobody), with the number of frames.
    std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, int>>> m_tracks;
    /// For each identity, the stretches (person and number) in which it was on a plain face.
    std::map<std::uint32_t, std::set<std::pair<std::uint32_t, std::size_t>>> m_plain;
    std::map<std::uint32_t, Owner> m_owners; ///< of each identity, the true visit it was on last
    std::vector<Mishap> m_mishaps;
    std::vector<facetrack::Visit> m_visits;
};

#include "tests/track/visit_judge.h"

#include "libfacetrack/model/box.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace facetrack;

namespace {

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

void VisitJudge::truth(double seconds, const std::vector<BoothTruth> &faces)
{
    m_now = seconds;
    m_there = faces;
    for (const BoothTruth &face : faces) {
        auto &stretches = m_people[face.person];
        const bool back = !stretches.empty() && isBack(stretches.back(), seconds, face);
        if (!back)
            stretches.push_back({seconds, seconds, face, 0, {}, seconds, seconds});
        if (seconds - stretches.back().last > 1.5 * m_frame)
            stretches.back().shown = seconds;
        stretches.back().last = seconds;
        stretches.back().face = face;
        ++stretches.back().frames;
    }
}

bool VisitJudge::isBack(const Stretch &stretch, double seconds, const BoothTruth &face) const
{
    const double gap = seconds - stretch.last;
    if (gap > m_patience)
        return false;
    const BoothTruth &before = stretch.face;
    const float x = (face.x + face.w / 2 - before.x - before.w / 2) / face.w;
    const float y = (face.y + face.h / 2 - before.y - before.h / 2) / face.h;
    const float grown = face.w / before.w;
    return gap <= 0.5 || (std::hypot(x, y) <= 0.5F && grown > 0.75F && grown < 1 / 0.75F);
}

void VisitJudge::looked(const std::vector<Track> &faces)
{
    struct Pair
    {
        bool before; ///< the same two belonged together when both were seen last
        float overlap;
        std::size_t face, there;
    };
    std::vector<Pair> pairs;
    for (std::size_t f = 0; f < faces.size(); ++f)
        for (std::size_t t = 0; faces[f].id != 0 && t < m_there.size(); ++t) {
            const BoothTruth &b = m_there[t];
            if (const float o = overlap(faces[f].box, {b.x, b.y, b.w, b.h}); o >= 0.5F)
                pairs.push_back({m_partner[b.person] == faces[f].id, o, f, t});
        }
    // What belonged together goes on to as long as it may (CLEAR MOT): where two faces overlap,
    // boxes that tremble would otherwise change partners with every frame.
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair &a, const Pair &b) {
        return a.before != b.before ? a.before : a.overlap > b.overlap;
    });
    std::vector<std::uint32_t> personOf(faces.size(), 0);
    std::vector<bool> taken(m_there.size(), false);
    for (const Pair &pair : pairs) {
        if (personOf[pair.face] != 0 || taken[pair.there])
            continue;
        taken[pair.there] = true;
        personOf[pair.face] = m_there[pair.there].person;
        m_partner[personOf[pair.face]] = faces[pair.face].id;
        const Stretch &stretch = m_people[personOf[pair.face]].back();
        const bool oldIsHereToo
            = std::any_of(pairs.begin(), pairs.end(), [&](const Pair &other) {
                  return other.there == pair.there && other.face != pair.face
                         && !stretch.tracks.empty()
                         && faces[other.face].id == stretch.tracks.back();
              });
        match(personOf[pair.face], faces[pair.face].id, oldIsHereToo);
    }
    for (std::size_t f = 0; f < faces.size(); ++f) {
        auto &people = m_tracks[faces[f].id];
        if (people.empty() || people.back().first != personOf[f])
            people.emplace_back(personOf[f], 0);
        ++people.back().second;
    }
}

bool VisitJudge::isThere(std::uint32_t person) const
{
    return std::any_of(m_there.begin(), m_there.end(),
                       [&](const BoothTruth &face) { return face.person == person; });
}

void VisitJudge::match(std::uint32_t person, std::uint32_t id, bool oldIsHereToo)
{
    auto &stretches = m_people[person];
    Stretch &stretch = stretches.back();
    const auto owner = m_owners.find(id);
    const std::uint32_t other = owner == m_owners.end() ? 0 : owner->second.person;
    if (!stretch.tracks.empty() && stretch.tracks.back() != id) {
        const std::uint32_t old = stretch.tracks.back();
        std::uint32_t thief = other != person ? other : 0;
        if (const auto &now = m_owners.at(old); thief == 0 && now.person != person)
            thief = now.person;
        const Cause cause = oldIsHereToo                       ? Cause::SecondBox
                            : thief != 0                       ? (isThere(thief) ? Cause::Crossing
                                                                                 : Cause::Revealed)
                            : stretch.shown > stretch.matched  ? Cause::Hidden
                                                               : Cause::Lost;
        m_mishaps.push_back({m_now, cause, false, person, thief, old, id, m_now - stretch.matched});
    }
    if (other != 0 && (other != person || owner->second.stretch != stretches.size() - 1)) {
        const Cause cause = other == person  ? Cause::SameReturn
                            : isThere(other) ? Cause::Crossing
                                             : Cause::Revealed;
        m_mishaps.push_back(
            {m_now, cause, true, person, other, id, id, m_now - owner->second.seconds});
    }
    m_owners[id] = {person, stretches.size() - 1, m_now};
    stretch.matched = m_now;
    if (stretch.tracks.empty() || stretch.tracks.back() != id)
        stretch.tracks.push_back(id);
}

const char *nameOf(Cause cause)
{
    switch (cause) {
    case Cause::Revealed:
        return "revealed";
    case Cause::Crossing:
        return "crossing";
    case Cause::Hidden:
        return "new after hidden";
    case Cause::Lost:
        return "new while in sight";
    case Cause::SecondBox:
        return "second box";
    case Cause::SameReturn:
        return "same person's next visit";
    }
    return "";
}

void VisitJudge::over(const Visit &visit)
{
    if (visit.zone.empty())
        m_visits.push_back(visit);
}

VisitFigures VisitJudge::figures() const
{
    VisitFigures figures;
    std::set<std::uint32_t> confirmed;
    std::vector<double> dwells;
    for (const Visit &visit : m_visits) {
        confirmed.insert(visit.track);
        dwells.push_back(std::chrono::duration<double>(visit.dwell).count());
    }
    figures.visits = m_visits.size();
    figures.dwell = median(dwells);

    std::vector<double> trueDwells;
    for (const auto &[person, stretches] : m_people) {
        for (const Stretch &stretch : stretches) {
            if (stretch.frames * m_frame < m_least)
                continue;
            trueDwells.push_back(stretch.last - stretch.first);
            std::vector<std::uint32_t> tracks = stretch.tracks;
            std::erase_if(tracks, [&](std::uint32_t id) { return !confirmed.count(id); });
            tracks.erase(std::unique(tracks.begin(), tracks.end()), tracks.end());
            figures.switches += tracks.size() > 1 ? tracks.size() - 1 : 0;
        }
    }
    figures.trueVisits = trueDwells.size();
    figures.trueDwell = median(trueDwells);

    for (const std::uint32_t id : confirmed) {
        const auto found = m_tracks.find(id);
        if (found == m_tracks.end())
            continue;
        int nobody = 0, somebody = 0;
        std::uint32_t last = 0;
        for (const auto &[person, frames] : found->second) {
            (person == 0 ? nobody : somebody) += frames;
            if (person == 0)
                continue;
            figures.swaps += last != 0 && last != person ? 1 : 0;
            last = person;
        }
        figures.falseVisits += nobody > somebody ? 1 : 0;
    }
    return figures;
}

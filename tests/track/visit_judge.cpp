#include "tests/track/visit_judge.h"

#include "libfacetrack/model/box.h"

#include <algorithm>
#include <cmath>

using namespace facetrack;

namespace {

/// Seconds for which a face may be out of sight anywhere.
constexpr double bridged = 0.5;

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

void add(VisitFigures &sum, const VisitFigures &figures)
{
    sum.trueVisits += figures.trueVisits;
    sum.visits += figures.visits;
    sum.leftOut += figures.leftOut;
    sum.falseVisits += figures.falseVisits;
    sum.switches += figures.switches;
    sum.swaps += figures.swaps;
    sum.dwells.insert(sum.dwells.end(), figures.dwells.begin(), figures.dwells.end());
    sum.trueDwells.insert(sum.trueDwells.end(), figures.trueDwells.begin(), figures.trueDwells.end());
    sum.dwell = median(sum.dwells);
    sum.trueDwell = median(sum.trueDwells);
}

Sight sightOf(const BoothPerson &person)
{
    // Of faces turned by less, or hidden by less, both detectors find more than half in any single
    // frame; those beyond `maybe` hardly ever. detect.min_size is 30 of 1088 pixels.
    constexpr float plainYaw = BoothScene::kFrontalYaw, maybeYaw = 1.8F;
    constexpr float plainShare = 0.85F, maybeShare = 0.3F;
    constexpr float plainWidth = 30.0F / 1088, maybeWidth = 20.0F / 1088;
    const float yaw = std::fabs(person.yaw);
    if (yaw <= plainYaw && person.visible >= plainShare && person.face.w >= plainWidth)
        return Sight::Plain;
    const bool maybe = yaw <= maybeYaw && person.visible >= maybeShare && person.face.w >= maybeWidth;
    return maybe ? Sight::Maybe : Sight::None;
}

void VisitJudge::truth(double seconds, const std::vector<BoothPerson> &people)
{
    m_now = seconds;
    m_there.clear();
    for (const BoothPerson &there : people) {
        const Sight sight = sightOf(there);
        if (sight == Sight::None)
            continue;
        m_there.push_back(there);
        Person &person = m_people[there.person];
        if (seconds - person.seen > bridged)
            person.since = seconds;
        person.seen = seconds;
        if (!person.stretches.empty() && person.since <= person.stretches.back().last)
            person.stretches.back().late = seconds;
        if (sight == Sight::Plain)
            plain(person, seconds, there.face);
    }
}

void VisitJudge::plain(Person &person, double seconds, const Box &face) const
{
    auto &stretches = person.stretches;
    if (stretches.empty() || !isBack(stretches.back(), seconds, face)) {
        const bool follows = !stretches.empty() && person.since <= stretches.back().last;
        if (follows)
            stretches.back().late = seconds;
        const double early = follows ? stretches.back().last : person.since;
        stretches.push_back({seconds, seconds, early, seconds, follows, face, 0, {}, seconds, seconds});
    }
    Stretch &stretch = stretches.back();
    if (seconds - stretch.last > 1.5 * m_frame)
        stretch.shown = seconds;
    stretch.last = stretch.late = seconds;
    stretch.face = face;
    ++stretch.frames;
}

bool VisitJudge::isBack(const Stretch &stretch, double seconds, const Box &face) const
{
    const double gap = seconds - stretch.last;
    if (gap > m_patience)
        return false;
    const Box &before = stretch.face;
    const float x = (face.x + face.w / 2 - before.x - before.w / 2) / face.w;
    const float y = (face.y + face.h / 2 - before.y - before.h / 2) / face.h;
    const float grown = face.w / before.w;
    return gap <= bridged || (std::hypot(x, y) <= 0.5F && grown > 0.75F && grown < 1 / 0.75F);
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
            const BoothPerson &there = m_there[t];
            if (const float o = overlap(faces[f].box, there.face); o >= 0.5F)
                pairs.push_back({m_partner[there.person] == faces[f].id, o, f, t});
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
        if (sightOf(m_there[pair.there]) != Sight::Plain)
            continue;
        const Stretch &stretch = m_people[personOf[pair.face]].stretches.back();
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
                       [&](const BoothPerson &there) { return there.person == person; });
}

void VisitJudge::match(std::uint32_t person, std::uint32_t id, bool oldIsHereToo)
{
    auto &stretches = m_people[person].stretches;
    m_plain[id].insert({person, stretches.size() - 1});
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
    const bool wentOn = other == person && stretch.follows && owner->second.stretch + 2 == stretches.size();
    if (other != 0 && !wentOn
        && (other != person || owner->second.stretch != stretches.size() - 1)) {
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

std::vector<VisitJudge::Whole> VisitJudge::wholes(const Person &person,
                                                  const std::set<std::uint32_t> &confirmed) const
{
    std::vector<Whole> wholes;
    const Stretch *before = nullptr;
    for (const Stretch &stretch : person.stretches) {
        if (stretch.frames * m_frame < m_least) {
            before = nullptr;
            continue;
        }
        Whole whole{stretch.first, stretch.last, stretch.early, stretch.late, stretch.tracks};
        std::erase_if(whole.tracks, [&](std::uint32_t id) { return !confirmed.count(id); });
        if (before != nullptr && stretch.follows && !whole.tracks.empty() && !wholes.back().tracks.empty()
            && whole.tracks.front() == wholes.back().tracks.back()) {
            wholes.back().last = whole.last;
            wholes.back().late = whole.late;
            wholes.back().tracks.insert(wholes.back().tracks.end(), whole.tracks.begin(),
                                        whole.tracks.end());
        } else {
            wholes.push_back(std::move(whole));
        }
        auto &tracks = wholes.back().tracks;
        tracks.erase(std::unique(tracks.begin(), tracks.end()), tracks.end());
        before = &stretch;
    }
    return wholes;
}

/// Whether an identity was on faces, but only on such as may be found or not, or for too short a time.
bool VisitJudge::isInDoubt(std::uint32_t id) const
{
    const auto on = m_tracks.find(id);
    if (on == m_tracks.end())
        return false;
    int nobody = 0, somebody = 0;
    for (const auto &[person, frames] : on->second)
        (person == 0 ? nobody : somebody) += frames;
    const auto plain = m_plain.find(id);
    return somebody >= nobody
           && (plain == m_plain.end()
               || std::all_of(plain->second.begin(), plain->second.end(), [&](const auto &where) {
                      const Stretch &stretch = m_people.at(where.first).stretches[where.second];
                      return stretch.frames * m_frame < m_least;
                  }));
}

VisitFigures VisitJudge::figures() const
{
    VisitFigures figures;
    std::set<std::uint32_t> confirmed;
    std::map<std::uint32_t, const Visit *> visitOf;
    for (const Visit &visit : m_visits) {
        confirmed.insert(visit.track);
        visitOf[visit.track] = &visit;
        if (isInDoubt(visit.track)) {
            ++figures.leftOut;
            continue;
        }
        ++figures.visits;
        figures.dwells.push_back(std::chrono::duration<double>(visit.dwell).count());
    }
    figures.dwell = median(figures.dwells);

    for (const auto &[number, person] : m_people) {
        for (const Whole &whole : wholes(person, confirmed)) {
            double first = whole.first, last = whole.last;
            if (!whole.tracks.empty()) {
                const Visit &begins = *visitOf.at(whole.tracks.front());
                const Visit &ends = *visitOf.at(whole.tracks.back());
                const double end = std::chrono::duration<double>(ends.begun + ends.duration).count();
                first = std::clamp(std::chrono::duration<double>(begins.begun).count(),
                                   std::min(whole.early, first), first);
                last = std::clamp(end, last, std::max(whole.late, last));
                figures.switches += whole.tracks.size() - 1;
            }
            figures.trueDwells.push_back(last - first);
        }
    }
    figures.trueVisits = figures.trueDwells.size();
    figures.trueDwell = median(figures.trueDwells);
    countFalse(confirmed, figures);
    return figures;
}

/// Visits on nobody, and identities that went over to others.
void VisitJudge::countFalse(const std::set<std::uint32_t> &confirmed, VisitFigures &figures) const
{
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
}

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
            stretches.push_back({seconds, seconds, face, 0, {}});
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
        float overlap;
        std::size_t face, there;
    };
    std::vector<Pair> pairs;
    for (std::size_t f = 0; f < faces.size(); ++f)
        for (std::size_t t = 0; faces[f].id != 0 && t < m_there.size(); ++t) {
            const BoothTruth &b = m_there[t];
            if (const float o = overlap(faces[f].box, {b.x, b.y, b.w, b.h}); o >= 0.3F)
                pairs.push_back({o, f, t});
        }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair &a, const Pair &b) { return a.overlap > b.overlap; });
    std::vector<std::uint32_t> personOf(faces.size(), 0);
    std::vector<bool> taken(m_there.size(), false);
    for (const Pair &pair : pairs) {
        if (personOf[pair.face] != 0 || taken[pair.there])
            continue;
        taken[pair.there] = true;
        personOf[pair.face] = m_there[pair.there].person;
        auto &tracks = m_people[personOf[pair.face]].back().tracks;
        if (tracks.empty() || tracks.back() != faces[pair.face].id)
            tracks.push_back(faces[pair.face].id);
    }
    for (std::size_t f = 0; f < faces.size(); ++f) {
        auto &people = m_tracks[faces[f].id];
        if (people.empty() || people.back().first != personOf[f])
            people.emplace_back(personOf[f], 0);
        ++people.back().second;
    }
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
